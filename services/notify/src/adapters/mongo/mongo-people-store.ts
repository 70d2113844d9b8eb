import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { unlessNewer } from '@partyline/mongo';
import type { Connection, mongo } from 'mongoose';
import { PeopleStore, type PersonChange } from '../../application/people-store.js';
import type { Person } from '../../domain/person.js';
import { databaseOf } from './database.js';

interface PersonDocument extends Person {
  readonly tenantId: string;
  readonly revision: number;
}

const PERSON = { _id: 0, tenantId: 0, revision: 0 } as const;

@Injectable()
export class MongoPeopleStore extends PeopleStore {
  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  override async apply(changes: readonly PersonChange[]): Promise<void> {
    for (const { tenantId, revision, person } of changes) {
      await unlessNewer(() =>
        this.collection.updateOne(
          { tenantId, userId: person.userId, revision: { $lt: revision } },
          { $set: { ...person, revision } },
          { upsert: true },
        ),
      );
    }
  }

  override async find(tenantId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    const found = await this.collection
      .find({ tenantId, userId: { $in: [...userIds] } }, { projection: PERSON })
      .toArray();
    return new Map(found.map((person) => [person.userId, person]));
  }

  override active(tenantId: string): Promise<readonly Person[]> {
    return this.collection.find({ tenantId, active: true }, { projection: PERSON }).toArray();
  }

  private get collection(): mongo.Collection<PersonDocument> {
    return databaseOf(this.connection).collection<PersonDocument>('people');
  }
}
