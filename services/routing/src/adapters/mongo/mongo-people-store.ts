import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { unlessNewer } from '@partyline/mongo';
import type { Connection } from 'mongoose';
import { PeopleStore, type PersonChange } from '../../application/people-store.js';
import { peopleOf } from './collections.js';
import { databaseOf } from './database.js';

@Injectable()
export class MongoPeopleStore extends PeopleStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async apply(changes: readonly PersonChange[]): Promise<void> {
    const people = peopleOf(databaseOf(this.connection));
    for (const { tenantId, revision, person } of changes) {
      await unlessNewer(() =>
        people.updateOne(
          { tenantId, userId: person.userId, revision: { $lt: revision } },
          { $set: { ...person, revision } },
          { upsert: true },
        ),
      );
    }
  }
}
