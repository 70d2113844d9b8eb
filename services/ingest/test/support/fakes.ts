import type { CarrierMessage } from '@partyline/carriers';
import { AccountStore } from '../../src/application/account-store.js';
import { NumberActivity } from '../../src/application/number-activity.js';
import { IngestMetrics } from '../../src/application/ingest-metrics.js';
import {
  ReceiptStore,
  type OpenReceipt,
  type ReceiptCounts,
  type ReceiptRef,
  type Stored,
} from '../../src/application/receipt-store.js';
import { SignatureHistory } from '../../src/application/signature-history.js';
import { RefusalCounters, type Refusals } from '../../src/application/refusal-counters.js';
import type { Account, AccountRef } from '../../src/domain/account.js';
import type { Recording } from '../../src/domain/recording.js';
import type { MediaRef } from '../../src/domain/media.js';
import { receiptsOf, type Receipt } from '../../src/domain/receipt.js';

export const moment = new Date('2026-11-23T18:00:00.000Z');

export function receipt(providerMessageId: string, bytes = 10): Receipt {
  const message: CarrierMessage = {
    kind: 'message',
    providerMessageId,
    from: '+14155550123',
    to: '+12125550101',
    group: [],
    text: providerMessageId,
    media: [],
    segments: null,
  };
  const raw = { method: 'POST', query: '', headers: {}, body: new Uint8Array(bytes) };
  const [made] = receiptsOf({ id: 'acc', tenantId: 'acme', carrier: 'simulator', settings: {} }, [message], {
    receivedAt: moment,
    correlationId: 'co_1',
    traceparent: null,
    raw,
  });
  if (!made) throw new Error('one event makes one receipt');
  return made;
}

/** Keeps receipts in memory; `insert` answers when the test says so, where it `holds`. */
export class MemoryReceiptStore extends ReceiptStore {
  readonly kept = new Map<string, Receipt>();
  readonly inserts: string[][] = [];
  readonly landed = new Set<string>();
  readonly givenUp = new Map<string, string>();
  readonly next = new Map<string, Date>();
  readonly times = new Map<string, number>();
  private gates: (() => void)[] = [];
  holds = false;
  /** What becomes of a receipt instead of being stored. */
  fate: (receipt: Receipt) => Stored | null = () => null;

  override async insert(receipts: readonly Receipt[], nextAttemptAt: Date): Promise<readonly Stored[]> {
    this.inserts.push(receipts.map(({ providerMessageId }) => providerMessageId));
    if (this.holds) await new Promise<void>((open) => this.gates.push(open));
    return receipts.map((one) => {
      const fate = this.fate(one);
      if (fate) return fate;
      if (this.kept.has(one.id)) return 'duplicate';
      this.kept.set(one.id, one);
      this.next.set(one.id, nextAttemptAt);
      this.times.set(one.id, 1);
      return 'new';
    });
  }

  /** Lets the write at hand finish. */
  letGo(): void {
    this.gates.shift()?.();
  }

  override due(now: Date, limit: number): Promise<OpenReceipt[]> {
    const open = [...this.kept.values()].filter(
      ({ id }) => !this.landed.has(id) && !this.givenUp.has(id) && (this.next.get(id) ?? now) <= now,
    );
    const due = open
      .slice(0, limit)
      .map((one) => ({ receipt: one, timesPublished: this.times.get(one.id) ?? 0 }));
    return Promise.resolve(due);
  }

  override makeAllDue(now: Date): Promise<void> {
    for (const id of this.kept.keys()) this.next.set(id, now);
    return Promise.resolve();
  }

  override republished(receipts: readonly (ReceiptRef & { nextAttemptAt: Date })[]): Promise<void> {
    for (const { id, nextAttemptAt } of receipts) {
      this.next.set(id, nextAttemptAt);
      this.times.set(id, (this.times.get(id) ?? 0) + 1);
    }
    return Promise.resolve();
  }

  override giveUp(receipts: readonly ReceiptRef[], reason: string): Promise<void> {
    for (const { id } of receipts) this.givenUp.set(id, reason);
    return Promise.resolve();
  }

  override mediaOf(): Promise<MediaRef[]> {
    return Promise.resolve([]);
  }

  override erase(_tenantId: string, messageIds: readonly string[]): Promise<number> {
    const these = [...this.kept.values()].filter(
      ({ messageId }) => messageId && messageIds.includes(messageId),
    );
    for (const one of these) {
      if (one.kind !== 'message') continue;
      this.kept.set(one.id, { ...one, event: { ...one.event, text: '', media: [] }, raw: null });
    }
    return Promise.resolve(these.length);
  }

  override land(_tenantId: string, ids: readonly string[]): Promise<void> {
    for (const id of ids) this.landed.add(id);
    return Promise.resolve();
  }

  override count(): Promise<ReceiptCounts> {
    const landed = this.landed.size;
    const rejected = this.givenUp.size;
    return Promise.resolve({ landed, rejected, open: this.kept.size - landed - rejected });
  }

  override missing(
    _tenantId: string,
    _carrier: string,
    _accountIds: readonly string[],
    ids: readonly string[],
  ): Promise<string[]> {
    const known = new Set([...this.kept.values()].map(({ providerMessageId }) => providerMessageId));
    return Promise.resolve(ids.filter((id) => !known.has(id)));
  }

  override trace(): Promise<null> {
    return Promise.resolve(null);
  }
}

export class MemoryAccountStore extends AccountStore {
  readonly accounts = new Map<string, Account>();
  finds = 0;
  failure: Error | null = null;

  override find(id: string): Promise<Account | null> {
    this.finds += 1;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.accounts.get(id) ?? null);
  }
  override active(): Promise<Account[]> {
    const active = [...this.accounts.values()].filter((account) => account.active);
    return Promise.resolve(active.toSorted((a, b) => a.id.localeCompare(b.id)));
  }
  override async activeOf(carriers: readonly string[]): Promise<Account[]> {
    return (await this.active()).filter(({ carrier }) => carriers.includes(carrier));
  }
  override list(tenantId: string): Promise<Account[]> {
    return Promise.resolve([...this.accounts.values()].filter((account) => account.tenantId === tenantId));
  }
  override add(account: Account): Promise<boolean> {
    const free = !this.accounts.has(account.id);
    if (free) this.accounts.set(account.id, account);
    return Promise.resolve(free);
  }
  override change({ id }: Account, fields: Partial<Account>): Promise<Account | null> {
    const account = this.accounts.get(id);
    if (!account) return Promise.resolve(null);
    const changed = { ...account, ...fields };
    this.accounts.set(id, changed);
    return Promise.resolve(changed);
  }
  override record(_tenantId: string, id: string, recording: Recording): Promise<Account | null> {
    const account = this.accounts.get(id);
    if (!account) return Promise.resolve(null);
    const changed = { ...account, recording };
    this.accounts.set(id, changed);
    return Promise.resolve(changed);
  }
  override takePlace(_tenantId: string, id: string, { id: of }: Recording): Promise<boolean> {
    const recording = this.accounts.get(id)?.recording;
    if (recording?.id !== of || recording.kept >= recording.mostRequests) return Promise.resolve(false);
    return this.record('', id, { ...recording, kept: recording.kept + 1 }).then(() => true);
  }
  override remove(_tenantId: string, id: string): Promise<boolean> {
    return Promise.resolve(this.accounts.delete(id));
  }
  override isEmpty(): Promise<boolean> {
    return Promise.resolve(this.accounts.size === 0);
  }
}

export class MemoryRefusals extends RefusalCounters {
  badSignatures = 0;
  malformed = 0;
  lastWebhookAt: Date | null = null;

  override seen(_account: AccountRef, at: Date): void {
    this.lastWebhookAt = at;
  }
  override refused(_account: AccountRef, why: 'badSignatures' | 'malformed'): void {
    this[why] += 1;
  }
  override of(): Promise<Refusals> {
    const { badSignatures, malformed, lastWebhookAt } = this;
    return Promise.resolve({ badSignatures, malformed, lastWebhookAt });
  }
}

export class MemorySignatures extends SignatureHistory {
  readonly fits: boolean[] = [];

  override seen(_account: unknown, fits: boolean): void {
    this.fits.push(fits);
  }
  override all(): Promise<[]> {
    return Promise.resolve([]);
  }
}

export class MemoryActivity extends NumberActivity {
  readonly heardOf: string[] = [];

  override heard(_tenantId: string, number: string): void {
    this.heardOf.push(number);
  }
  override async *histories(): AsyncIterable<never> {}
}

export class SilentMetrics extends IngestMetrics {
  readonly outcomes: string[] = [];

  override webhook(_account: AccountRef | null, outcome: string): void {
    this.outcomes.push(outcome);
  }
  override stored(): void {}
  override batch(): void {}
  override republished(): void {}
  override landed(): void {}
  override bound(): void {}
}
