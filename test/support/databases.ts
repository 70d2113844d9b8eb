import mongoose from 'mongoose';

type MongoClient = mongoose.mongo.MongoClient;

export interface LoggedEvent {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}
/** A document of the inbox service's `timeline`. */
export interface Entry {
  readonly tenantId: string;
  readonly conversationId: string;
  readonly inboxId: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly events: readonly LoggedEvent[];
  readonly commandId?: string;
  readonly unpublished?: string;
  readonly awaiting?: unknown;
  readonly after: { readonly epoch: number };
  readonly origin: { readonly correlationId: string };
}
export interface Shown {
  readonly _id: string;
  readonly seq: number;
  readonly epoch: number;
  readonly status: string;
  readonly ownerId: string | null;
}
export interface Attempt {
  readonly messageId: string;
  readonly providerMessageId?: string | null;
  readonly conversationId: string;
  readonly state: string;
  readonly status: string;
}
export interface OpenReceipt {
  readonly _id: string;
  readonly kind: string;
  readonly accountId: string;
  readonly providerMessageId: string;
}
export interface NotificationRow {
  readonly userId: string;
  readonly eventId: string;
  readonly kind: string;
  readonly conversationId: string;
}

const DEMO_HISTORY = 'demo-history';

/** What the services have stored, read by a majority and past all of their code. */
export class Databases {
  private readonly client: MongoClient;

  constructor(url: string) {
    this.client = new mongoose.mongo.MongoClient(url, { readConcern: { level: 'majority' } });
  }

  close(): Promise<void> {
    return this.client.close();
  }

  of(service: string): mongoose.mongo.Db {
    return this.client.db(`partyline_${service}`);
  }

  /** Whether these words stand anywhere in a service's database. */
  async mentions(service: string, words: string): Promise<boolean> {
    const db = this.of(service);
    for (const { name } of await db.listCollections().toArray()) {
      for await (const document of db.collection(name).find()) {
        const binary = (_key: string, value: unknown) =>
          value instanceof mongoose.mongo.Binary ? value.toString('utf8') : value;
        if (JSON.stringify(mongoose.mongo.BSON.EJSON.serialize(document), binary).includes(words))
          return true;
      }
    }
    return false;
  }

  /** As though the time of whoever held them had run out: a process that was killed holds its leases for a while. */
  async expireLeases(service: string): Promise<void> {
    await this.of(service).collection('leases').deleteMany({});
  }

  /** All entries but the demo's own past, by conversation and in order. */
  log(): Promise<Entry[]> {
    return this.of('inbox')
      .collection<Entry>('timeline')
      .find({ 'origin.correlationId': { $ne: DEMO_HISTORY } })
      .sort({ conversationId: 1, seq: 1 })
      .toArray();
  }

  conversations(): Promise<Shown[]> {
    return this.of('inbox').collection<Shown>('conversations').find().toArray();
  }

  attempts(): Promise<Attempt[]> {
    return this.of('delivery').collection<Attempt>('attempts').find().toArray();
  }

  notifications(): Promise<NotificationRow[]> {
    return this.of('notify').collection<NotificationRow>('notifications').find().toArray();
  }

  /** Receipts whose event is not known to stand where it belongs. */
  openReceipts(): Promise<OpenReceipt[]> {
    return this.of('ingest')
      .collection<OpenReceipt>('receipts')
      .find({ state: 'open' }, { projection: { kind: 1, accountId: 1, providerMessageId: 1 } })
      .toArray();
  }
}
