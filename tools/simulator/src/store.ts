import mongoose from 'mongoose';
import type { Text } from './texts.js';
import type { WebhookContent } from './webhook.js';

type MongoClient = mongoose.mongo.MongoClient;
type TextDocument = Omit<Text, 'id'> & { readonly _id: string };

/** A webhook that Partyline has to take, kept until it does. */
export interface Webhook {
  readonly id: string;
  readonly textId: string;
  readonly content: WebhookContent;
  readonly state: 'waiting' | 'accepted' | 'refused';
  /** What the text on the phone becomes when this one is posted first; null for a customer's own text. */
  readonly tells: { readonly state: Text['state']; readonly reason: string | null } | null;
  readonly tries: number;
  readonly dueAt: Date;
}
type WebhookDocument = Omit<Webhook, 'id'> & { readonly _id: string };

export interface Picture {
  readonly id: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}
interface PictureDocument {
  readonly _id: string;
  readonly contentType: string;
  readonly bytes: mongoose.mongo.Binary;
}

/** Everything the simulator remembers, in a database of its own. */
export class Store {
  readonly #client: MongoClient;
  readonly #database: string;

  constructor(url: string, database: string) {
    this.#client = new mongoose.mongo.MongoClient(url, {
      writeConcern: { w: 'majority', journal: true },
      serverSelectionTimeoutMS: 5_000,
    });
    this.#database = database;
  }

  async prepare(): Promise<void> {
    await this.#texts.createIndex({ phone: 1, number: 1, at: 1 });
    await this.#webhooks.createIndex({ dueAt: 1 }, { partialFilterExpression: { state: 'waiting' } });
  }

  /** Rejects while the database cannot be reached. */
  async ping(): Promise<void> {
    await this.#client.db(this.#database).command({ ping: 1 });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Keeps a text that is new and gives whether it was. */
  async addText({ id, ...text }: Text): Promise<boolean> {
    const result = await this.#texts.updateOne({ _id: id }, { $setOnInsert: text }, { upsert: true });
    return result.upsertedCount === 1;
  }

  async tellText(id: string, change: Pick<Text, 'state' | 'reason'>): Promise<Text | null> {
    const found = await this.#texts.findOneAndUpdate(
      { _id: id },
      { $set: change },
      { returnDocument: 'after' },
    );
    return found && toText(found);
  }

  async text(id: string): Promise<Text | null> {
    const found = await this.#texts.findOne({ _id: id });
    return found && toText(found);
  }

  /** The last 500 texts, oldest first. */
  async thread(phone: string, number: string): Promise<Text[]> {
    const last = await this.#texts.find({ phone, number }).sort({ at: -1, _id: -1 }).limit(500).toArray();
    return last.toReversed().map(toText);
  }

  /** The company's texts with ids that begin so, taken from `since` on, the latest 1000 first. */
  async taken(idPrefix: string, since: Date): Promise<Text[]> {
    const found = await this.#texts
      .find({ _id: { $regex: `^${idPrefix}` }, direction: 'in', at: { $gte: since.toISOString() } })
      .sort({ at: -1 })
      .limit(1_000)
      .toArray();
    return found.map(toText);
  }

  /** The last text with each number, the latest first. */
  async lastTexts(phone: string): Promise<Text[]> {
    const last = await this.#texts
      .aggregate<TextDocument>([
        { $match: { phone } },
        { $sort: { at: -1, _id: -1 } },
        { $group: { _id: '$number', last: { $first: '$$ROOT' } } },
        { $replaceWith: '$last' },
        { $sort: { at: -1 } },
      ])
      .toArray();
    return last.map(toText);
  }

  /** How often this was asked for, this time included. */
  async countTry(key: string): Promise<number> {
    const counted = await this.#tries.findOneAndUpdate(
      { _id: key },
      { $inc: { times: 1 } },
      { upsert: true, returnDocument: 'after' },
    );
    return counted?.times ?? 1;
  }

  async addWebhooks(webhooks: readonly Webhook[]): Promise<void> {
    if (webhooks.length === 0) return;
    await this.#webhooks.bulkWrite(
      webhooks.map(({ id, ...webhook }) => ({
        updateOne: { filter: { _id: id }, update: { $setOnInsert: webhook }, upsert: true },
      })),
    );
  }

  async dueWebhooks(now: Date, limit: number): Promise<Webhook[]> {
    const due = this.#webhooks
      .find({ state: 'waiting', dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(limit);
    return (await due.toArray()).map(({ _id, ...webhook }) => ({ id: _id, ...webhook }));
  }

  async changeWebhook(
    id: string,
    change: Partial<Pick<Webhook, 'state' | 'tries' | 'dueAt'>>,
  ): Promise<void> {
    await this.#webhooks.updateOne({ _id: id }, { $set: change });
  }

  async addPicture({ id, contentType, bytes }: Picture): Promise<void> {
    await this.#pictures.insertOne({ _id: id, contentType, bytes: new mongoose.mongo.Binary(bytes) });
  }

  async picture(id: string): Promise<Picture | null> {
    const found = await this.#pictures.findOne({ _id: id });
    return found && { id, contentType: found.contentType, bytes: Buffer.from(found.bytes.buffer) };
  }

  get #texts() {
    return this.#client.db(this.#database).collection<TextDocument>('texts');
  }

  get #webhooks() {
    return this.#client.db(this.#database).collection<WebhookDocument>('webhooks');
  }

  get #pictures() {
    return this.#client.db(this.#database).collection<PictureDocument>('pictures');
  }

  get #tries() {
    return this.#client
      .db(this.#database)
      .collection<{ readonly _id: string; readonly times: number }>('tries');
  }
}

function toText({ _id, ...text }: TextDocument): Text {
  return { id: _id, ...text };
}
