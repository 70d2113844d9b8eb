import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { newId } from '@partyline/kernel';
import { mongo, type Connection } from 'mongoose';
import { RefusedWebhooks, type RefusedWebhook } from '../../application/refused-webhooks.js';
import type { AccountRef } from '../../domain/account.js';
import { phoneMarks, unescaped } from '../../domain/phone-marks.js';
import { databaseOf, REFUSED_WEBHOOKS, type RefusedWebhookDocument } from './collections.js';

const FLUSH_MS = 1_000;
const MINUTE_MS = 60_000;
/** Of an account and a minute. */
const MOST_A_MINUTE = 30;
const MOST_WAITING = 2_000;
const KEPT_BYTES = 16 * 1024;
const KEPT_MS = 30 * 24 * 3_600_000;

@Injectable()
export class MongoRefusedWebhooks
  extends RefusedWebhooks
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(MongoRefusedWebhooks.name);
  private readonly thisMinute = new Map<string, number>();
  private minute = 0;
  private waiting: RefusedWebhookDocument[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  private get webhooks(): mongo.Collection<RefusedWebhookDocument> {
    return databaseOf(this.connection).collection<RefusedWebhookDocument>(REFUSED_WEBHOOKS);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  override record({ tenantId, id: accountId }: AccountRef, refused: RefusedWebhook): void {
    if (!this.mayKeep(`${tenantId} ${accountId}`, refused.at)) return;
    const { at, raw } = refused;
    const bytes = raw.body.subarray(0, KEPT_BYTES);
    const marks = phoneMarks(unescaped(`${raw.query}\n${Buffer.from(bytes).toString('latin1')}`));
    this.waiting.push({
      _id: newId('rw'),
      tenantId,
      accountId,
      ...refused,
      raw: { ...raw, body: new mongo.Binary(bytes) },
      expireAt: new Date(at.getTime() + KEPT_MS),
      marks,
    });
  }

  override async list(tenantId: string, accountId: string, limit: number): Promise<RefusedWebhook[]> {
    await this.flush();
    const found = await this.webhooks.find({ tenantId, accountId }).sort({ at: -1 }).limit(limit).toArray();
    return found.map(({ at, kind, reason, raw, bytes, correlationId }) => ({
      at,
      kind,
      reason,
      bytes,
      correlationId,
      raw: { ...raw, body: raw.body.buffer },
    }));
  }

  override async erase(tenantId: string, marks: readonly string[]): Promise<void> {
    await this.flush();
    await this.webhooks.deleteMany({ tenantId, marks: { $in: [...marks] } });
  }

  private mayKeep(account: string, at: Date): boolean {
    const minute = Math.floor(at.getTime() / MINUTE_MS);
    if (minute !== this.minute) this.thisMinute.clear();
    this.minute = minute;
    const kept = this.thisMinute.get(account) ?? 0;
    if (kept >= MOST_A_MINUTE || this.waiting.length >= MOST_WAITING) return false;
    this.thisMinute.set(account, kept + 1);
    return true;
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const writing = this.waiting;
    this.waiting = [];
    try {
      await this.webhooks.insertMany(writing, { ordered: false });
    } catch (error) {
      this.logger.warn(`${writing.length} refused webhooks are counted and not kept: ${String(error)}`);
    }
  }
}
