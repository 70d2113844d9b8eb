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
import { Gathered } from './gathered.js';

const FLUSH_MS = 2_000;

interface Pending {
  readonly tenantId: string;
  readonly accountId: string;
  badSignatures: number;
  malformed: number;
  lastWebhookAt: Date | null;
}

@Injectable()
export class MongoRefusalCounters
  extends RefusalCounters
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(MongoRefusalCounters.name);
  private readonly pending = new Gathered<Pending>('writing of refusals', FLUSH_MS, (all) => this.write(all));

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  onApplicationBootstrap(): void {
    this.pending.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pending.stop();
  }

  override seen(account: AccountRef, at: Date): void {
    this.pendingOf(account.tenantId, account.id).lastWebhookAt = at;
  }

  override refused(account: AccountRef, why: 'badSignatures' | 'malformed'): void {
    this.pendingOf(account.tenantId, account.id)[why] += 1;
  }

  override async of(tenantId: string, accountId: string): Promise<Refusals> {
    const stored = await this.refusals.findOne({ _id: idOf(tenantId, accountId), tenantId });
    const pending = this.pending.peek(keyOf(tenantId, accountId));
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
    return this.pending.of(keyOf(tenantId, accountId), () => ({
      tenantId,
      accountId,
      badSignatures: 0,
      malformed: 0,
      lastWebhookAt: null,
    }));
  }

  private async write(flushing: readonly Pending[]): Promise<void> {
    try {
      await this.refusals.bulkWrite(
        flushing.map(({ tenantId, accountId, badSignatures, malformed, lastWebhookAt }) => ({
          updateOne: {
            filter: { _id: idOf(tenantId, accountId), tenantId },
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
      for (const lost of flushing) this.putBack(lost);
    }
  }

  private putBack(lost: Pending): void {
    const pending = this.pendingOf(lost.tenantId, lost.accountId);
    pending.badSignatures += lost.badSignatures;
    pending.malformed += lost.malformed;
    pending.lastWebhookAt ??= lost.lastWebhookAt;
  }
}

const keyOf = (tenantId: string, accountId: string): string => `${accountId} ${tenantId}`;
const idOf = (tenantId: string, accountId: string): string => derivedId('rf', tenantId, accountId);
