import { DeadLetters, type DeadLetter } from '@partyline/bus';
import type { Clock } from '@partyline/kernel';
import type { mongo } from 'mongoose';
import type { Migration } from './migrations.js';

/** A document of `deadLetters`. */
export interface DeadLetterDocument {
  /** The event's id; a hash of subject and payload where it has none that can be read. */
  readonly _id: string;
  readonly tenantId: string | null;
  readonly stream: string;
  readonly subject: string;
  readonly eventId: string | null;
  /** As it came, UTF-8. */
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The durable consumers that gave up on it. */
  readonly consumers: string[];
  readonly reason: string;
  readonly error: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly count: number;
}

export const DEAD_LETTERS_MIGRATION: Migration = {
  id: 'dead-letters-0001-by-tenant',
  async up(db) {
    await db.collection('deadLetters').createIndex({ tenantId: 1, lastAt: -1 });
  },
};

/** Keeps dead letters in the collection `deadLetters` of the service's own database. */
export class MongoDeadLetters extends DeadLetters {
  constructor(
    private readonly database: () => mongo.Db,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async store(letter: DeadLetter): Promise<void> {
    const { id, consumer, reason, error, headers, ...known } = letter;
    const now = this.clock.now();
    await this.letters.updateOne(
      { _id: id },
      {
        // A header's name may hold a dot or a dollar sign, which MongoDB only takes as a literal inside of a value.
        $setOnInsert: { ...known, headers, firstAt: now },
        $set: { reason, error, lastAt: now },
        $addToSet: { consumers: consumer },
        $inc: { count: 1 },
      },
      { upsert: true },
    );
  }

  private get letters(): mongo.Collection<DeadLetterDocument> {
    return this.database().collection<DeadLetterDocument>('deadLetters');
  }
}
