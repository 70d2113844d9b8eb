import { Injectable } from '@nestjs/common';
import type { Route } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { route } from '../domain/route.js';
import { peerKey } from '../domain/text-peer.js';
import { dialogueKey, DialogueStore } from './dialogue-store.js';
import { DirectoryStore } from './directory-store.js';

export interface RouteQuestion {
  readonly tenantId: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly at?: string | undefined;
}

/** Where a text would go and why, with the sender's dialogue as it stands. Changes nothing. */
@Injectable()
export class ExplainTextRoute {
  constructor(
    private readonly store: DirectoryStore,
    private readonly dialogues: DialogueStore,
    private readonly clock: Clock,
  ) {}

  async execute({ tenantId, to, from, text, at }: RouteQuestion): Promise<Route> {
    const { directory } = await this.store.load(tenantId);
    const key = { tenantId, number: asWritten(to), peer: peerKey(asWritten(from), []) };
    const known = await this.dialogues.load([key]);
    const dialogue = known.get(dialogueKey(key))?.dialogue ?? null;
    const moment = at ?? this.clock.now().toISOString();
    return route(directory, dialogue, { messageId: '', to: key.number, text }, moment).route;
  }
}

/** People write +1 (212) 555-0101. */
const asWritten = (address: string): string => address.replaceAll(/[\s().-]/g, '');
