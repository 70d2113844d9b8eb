import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  freshDbPrefix,
  mongoUrl,
  startNats,
  startService,
  type RunningService,
  type TestNats,
} from '@partyline/testing';
import mongoose, { type Connection } from 'mongoose';
import type { ReceiptDocument } from '../../src/adapters/mongo/collections.js';
import { Carrier } from './carrier.js';
import { Neighbours } from './neighbours.js';

/** One ingest service with real servers, the services around it, and a carrier that posts to it. */
export class World {
  private constructor(
    readonly nats: TestNats,
    readonly neighbours: Neighbours,
    readonly database: Connection,
    readonly mediaDir: string,
    private readonly env: Readonly<Record<string, string>>,
    public service: RunningService,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<World> {
    const nats = await startNats();
    const prefix = freshDbPrefix();
    const mediaDir = await mkdtemp(join(tmpdir(), 'partyline-media-'));
    const all = {
      MONGODB_URL: mongoUrl(),
      MONGODB_DB_PREFIX: prefix,
      NATS_URL: nats.urls.ingest,
      PARTYLINE_DEMO: '1',
      PARTYLINE_SECRETS_KEY: randomBytes(32).toString('base64'),
      PARTYLINE_HOOKS_URL: 'http://127.0.0.1:3001',
      PARTYLINE_MEDIA_DIR: mediaDir,
      SIMULATOR_URL: 'http://127.0.0.1:3900',
      ...env,
    };
    const neighbours = await Neighbours.start(nats);
    const database = await mongoose.createConnection(mongoUrl(), { dbName: `${prefix}_ingest` }).asPromise();
    return new World(nats, neighbours, database, mediaDir, all, await boot(all));
  }

  get carrier(): Carrier {
    return new Carrier(this.service.url);
  }

  receipts(filter: object = {}): Promise<ReceiptDocument[]> {
    return this.database
      .collection<ReceiptDocument>('receipts')
      .find(filter)
      .sort({ receivedAt: 1 })
      .toArray();
  }

  /** A second replica, until it is stopped. */
  replica(): Promise<RunningService> {
    return boot(this.env);
  }

  /** As after a deployment. */
  async restart(): Promise<void> {
    await this.service.stop();
    await this.start();
  }

  /** After it was stopped. */
  async start(): Promise<void> {
    this.service = await boot(this.env);
  }

  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.service.url}/metrics`)).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.neighbours.stop();
    await this.database.dropDatabase();
    await this.database.close();
    await this.nats.stop();
    await rm(this.mediaDir, { recursive: true, force: true });
  }
}

function boot(env: Readonly<Record<string, string>>): Promise<RunningService> {
  return startService(async () => (await import('../../src/app.module.js')).AppModule, env);
}
