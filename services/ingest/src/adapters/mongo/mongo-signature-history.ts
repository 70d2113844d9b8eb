import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { derivedId } from '@partyline/kernel';
import type { Connection, mongo } from 'mongoose';
import { SignatureHistory, type SignaturesOf } from '../../application/signature-history.js';
import type { AccountRef } from '../../domain/account.js';
import { SIGNATURE_DAYS, slotOf, SLOTS_A_DAY, type Signatures } from '../../domain/signatures.js';
import { databaseOf, SIGNATURES, type SignatureDayDocument } from './collections.js';
import { Gathered } from './gathered.js';

const FLUSH_MS = 2_000;
const DAY_MS = 24 * 3_600_000;

interface Pending {
  readonly tenantId: string;
  readonly accountId: string;
  readonly day: number;
  /** By `<slot of the day>.good` and `.bad`. */
  readonly counts: Map<string, number>;
}

@Injectable()
export class MongoSignatureHistory
  extends SignatureHistory
  implements OnApplicationBootstrap, BeforeApplicationShutdown
{
  private readonly logger = new Logger(MongoSignatureHistory.name);
  private readonly pending = new Gathered<Pending>('writing of signatures', FLUSH_MS, (all) =>
    this.write(all),
  );

  constructor(@InjectConnection() private readonly connection: Connection) {
    super();
  }

  onApplicationBootstrap(): void {
    this.pending.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.pending.stop();
  }

  override seen({ tenantId, id: accountId }: Pick<AccountRef, 'tenantId' | 'id'>, fits: boolean, at: Date) {
    const slot = slotOf(at);
    const day = Math.floor(slot / SLOTS_A_DAY);
    const { counts } = this.pending.of(`${day} ${accountId} ${tenantId}`, () => ({
      tenantId,
      accountId,
      day,
      counts: new Map<string, number>(),
    }));
    const field = `${slot % SLOTS_A_DAY}.${fits ? 'good' : 'bad'}`;
    counts.set(field, (counts.get(field) ?? 0) + 1);
  }

  override async all(): Promise<SignaturesOf[]> {
    await this.pending.flush();
    const found = new Map<string, SignaturesOf & { readonly slots: Map<number, Signatures> }>();
    for await (const { tenantId, accountId, day, slots } of this.days.find()) {
      const key = `${tenantId} ${accountId}`;
      const one = found.get(key) ?? { tenantId, accountId, slots: new Map<number, Signatures>() };
      found.set(key, one);
      for (const [slot, { good = 0, bad = 0 }] of Object.entries(slots ?? {}))
        one.slots.set(day * SLOTS_A_DAY + Number(slot), { good, bad });
    }
    return [...found.values()];
  }

  private get days(): mongo.Collection<SignatureDayDocument> {
    return databaseOf(this.connection).collection<SignatureDayDocument>(SIGNATURES);
  }

  private async write(flushing: readonly Pending[]): Promise<void> {
    try {
      await this.days.bulkWrite(
        flushing.map(({ tenantId, accountId, day, counts }) => ({
          updateOne: {
            filter: { _id: derivedId('sd', tenantId, accountId, String(day)), tenantId },
            update: {
              $setOnInsert: { accountId, day, expireAt: new Date((day + SIGNATURE_DAYS + 1) * DAY_MS) },
              $inc: Object.fromEntries([...counts].map(([field, count]) => [`slots.${field}`, count])),
            },
            upsert: true,
          },
        })),
        { ordered: false },
      );
    } catch (error) {
      // Some may be written: counting them again would be worse than not counting the others.
      this.logger.warn(`Signatures of ${flushing.length} accounts are not counted: ${String(error)}`);
    }
  }
}
