import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import type { Connection, mongo } from 'mongoose';
import { RefusalCounters, type Refusals } from '../../application/refusal-counters.js';
import type { AccountRef } from '../../domain/account.js';
import { databaseOf, REFUSALS, type RefusalDocument } from './collections.js';

const FLUSH_MS = 2_000;

interface Pending {
  readonly tenantId: string;
  readonly accountId: string;
  badSignatures: number;
  malformed: number;
  lastWebhookAt: Date | null;
}

/** Counts in memory, adds to the stored counts every two seconds: whoever floods us with junk must not cost writes. */
@Injectable()
export class MongoRefusalCounters
  extends RefusalCounters
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(MongoRefusalCounters.name);
  private pending = new Map<string, Pending>();
  private timer: NodeJS.Timeout | undefined;

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  override seen(account: AccountRef, at: Date): void {
    this.pendingOf(account.tenantId, account.id).lastWebhookAt = at;
  }

  override refused(account: AccountRef, why: 'badSignatures' | 'malformed'): void {
    this.pendingOf(account.tenantId, account.id)[why] += 1;
  }

  override async of(tenantId: string, accountId: string): Promise<Refusals> {
    const id = idOf(tenantId, accountId);
    const stored = await this.refusals.findOne({ _id: id, tenantId });
    const pending = this.pending.get(id);
    return {
      badSignatures: (stored?.badSignatures ?? 0) + (pending?.badSignatures ?? 0),
      malformed: (stored?.malformed ?? 0) + (pending?.malformed ?? 0),
      lastWebhookAt: pending?.lastWebhookAt ?? stored?.lastWebhookAt ?? null,
    };
  }

  private get refusals(): mongo.Collection<RefusalDocument> {
    return databaseOf(this.connection).collection<RefusalDocument>(REFUSALS);
  }

  private pendingOf(tenantId: string, accountId: string): Pending {
    const id = idOf(tenantId, accountId);
    let pending = this.pending.get(id);
    if (!pending) {
      pending = { tenantId, accountId, badSignatures: 0, malformed: 0, lastWebhookAt: null };
      this.pending.set(id, pending);
    }
    return pending;
  }

  private async flush(): Promise<void> {
    if (this.pending.size === 0) return;
    const flushing = this.pending;
    this.pending = new Map();
    try {
      await this.refusals.bulkWrite(
        [...flushing].map(([id, { tenantId, accountId, badSignatures, malformed, lastWebhookAt }]) => ({
          updateOne: {
            filter: { _id: id, tenantId },
            update: {
              $setOnInsert: { accountId },
              $inc: { badSignatures, malformed },
              ...(lastWebhookAt ? { $max: { lastWebhookAt } } : {}),
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    } catch (error) {
      this.logger.warn(`Counters of refused webhooks are kept in memory for now: ${String(error)}`);
      for (const [, lost] of flushing) this.putBack(lost);
    }
  }

  private putBack(lost: Pending): void {
    const pending = this.pendingOf(lost.tenantId, lost.accountId);
    pending.badSignatures += lost.badSignatures;
    pending.malformed += lost.malformed;
    pending.lastWebhookAt ??= lost.lastWebhookAt;
  }
}

const idOf = (tenantId: string, accountId: string): string => derivedId('rf', tenantId, accountId);
