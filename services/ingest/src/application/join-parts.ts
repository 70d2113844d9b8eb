import { Injectable, Logger } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { isWhole, joinedEvent, joinOf, type Join } from '../domain/parts.js';
import type { Receipt } from '../domain/receipt.js';
import { patience } from '../domain/republication.js';
import { PartStore, type PartSet } from './part-store.js';
import { ReceiptPublisher } from './receipt-publisher.js';

export class PartsPatience {
  constructor(
    /** How long the parts that are there wait for the missing ones, milliseconds. */
    readonly waitMs = 60_000,
    /** For how long a part that comes after that is known to belong to a text that was shown without it, milliseconds. */
    readonly lateMs = 10 * 60_000,
  ) {}
}

const AT_ONCE = 200;

/**
 * Makes one text of the parts that a carrier hands on one by one, in whatever order they come; after a while of what is
 * there. Each part is a receipt of its own. That they are one text is decided by one insert that no other join with any
 * of them can follow; what follows from it is done again until it is done.
 */
@Injectable()
export class JoinParts {
  private readonly logger = new Logger(JoinParts.name);
  private readonly working = new Set<Promise<void>>();

  constructor(
    private readonly parts: PartStore,
    private readonly publisher: ReceiptPublisher,
    private readonly patience: PartsPatience,
    private readonly clock: Clock,
  ) {}

  /** New parts are stored. Returns at once; what is forgotten in a crash is found by `sweep`. */
  soon(receipts: readonly Receipt[]): void {
    if (receipts.length === 0) return;
    const work = this.look(receipts).finally(() => this.working.delete(work));
    this.working.add(work);
  }

  async idle(): Promise<void> {
    await Promise.all(this.working);
  }

  /** Joins what has waited long enough, and finishes what was begun. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    for (const join of await this.parts.unapplied(AT_ONCE)) await this.apply(join);
    const since = new Date(now.getTime() - this.patience.waitMs);
    for (const set of await this.parts.waitingSince(since, AT_ONCE)) await this.join(set);
    await this.parts.landFollowers(now);
  }

  private async look(receipts: readonly Receipt[]): Promise<void> {
    try {
      const sets = new Map<string, PartSet & { numbers: number[] }>();
      for (const { tenantId, part } of receipts) {
        if (!part) continue;
        const id = JSON.stringify([tenantId, part.key]);
        const set = sets.get(id) ?? { tenantId, key: part.key, numbers: [] };
        set.numbers.push(part.number);
        sets.set(id, set);
      }
      for (const set of sets.values()) await this.lookAt(set);
    } catch (error) {
      this.logger.warn(`Parts of texts wait until they are looked at again: ${String(error)}`);
    }
  }

  private async lookAt(set: PartSet & { numbers: readonly number[] }): Promise<void> {
    const waiting = await this.parts.waiting(set);
    const late = new Date(this.clock.now().getTime() - this.patience.lateMs);
    const isLate = async (): Promise<boolean> => {
      const [number, ...others] = set.numbers;
      return (
        number !== undefined && others.length === 0 && (await this.parts.joinedWithout(set, number, late))
      );
    };
    if (isWhole(waiting) || (waiting.length === 1 && (await isLate()))) await this.join(set);
  }

  /** All that waits, whole or not. */
  private async join(set: PartSet): Promise<void> {
    const join = joinOf(set.tenantId, set.key, await this.parts.waiting(set));
    if (!join) return;
    // Where another was quicker its join stands, and what is left over waits for its own time.
    if (!(await this.parts.commit(join, this.clock.now()))) return;
    failpoint('ingest.parts-joined');
    await this.apply(join);
  }

  private async apply(join: Join): Promise<void> {
    const event = joinedEvent(await this.parts.partsOf(join));
    const dueAt = new Date(this.clock.now().getTime() + patience(1));
    const lead = event && (await this.parts.apply(join, event, dueAt));
    failpoint('ingest.join-applied');
    if (lead) this.publisher.publishSoon([lead]);
  }
}
