import { Injectable } from '@nestjs/common';
import { currentContext } from '@partyline/bus';
import type { Notification } from '@partyline/contracts';
import type { Person } from '../domain/person.js';
import { newNotification } from './new-notification.js';
import { PeopleStore } from './people-store.js';
import { TellPeople } from './tell-people.js';

/** What several people are told in the same words. */
export interface SharedNews extends Omit<Notification, 'id' | 'userId'> {
  readonly tenantId: string;
  /** Told once for ever. */
  readonly eventId: string;
}

/** Tells everybody of the tenant who may do something about it. Repeatable: each of them hears it once. */
@Injectable()
export class TellWhoMay {
  constructor(
    private readonly people: PeopleStore,
    private readonly tellPeople: TellPeople,
  ) {}

  /** Gives how many may. */
  async execute(
    may: (person: Person) => boolean,
    { tenantId, eventId, ...words }: SharedNews,
  ): Promise<number> {
    const told = (await this.people.active(tenantId)).filter(may);
    const { correlationId } = currentContext();
    await this.tellPeople.execute(
      told.map(({ userId }) => newNotification(tenantId, eventId, correlationId, { userId, ...words })),
    );
    return told.length;
  }
}
