import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { runInContext } from '@partyline/bus';
import { Clock, failpoint, newId } from '@partyline/kernel';
import type { SendOutcome } from '@partyline/carriers';
import type { Attempt } from '../domain/attempt.js';
import {
  afterSend,
  beforeSend,
  claimed,
  hasRoom,
  paced,
  postponed,
  refused,
  waitsFor,
  withTurn,
} from '../domain/sending.js';
import { AccountPace } from './account-pace.js';
import { AnnounceStatus } from './announce-status.js';
import { AttemptStore, ProviderIdTaken } from './attempt-store.js';
import { CarrierGateway } from './carrier-gateway.js';
import { Consents } from './consents.js';
import { DeliverySettings } from './settings.js';

/** How long an account pauses whose carrier asks to slow down and does not say for how long, milliseconds. */
const THROTTLED_MS = 1_000;
/** How often a reply that came before its turn is looked at again, milliseconds. */
const EARLY_MS = 1_000;

/** Sends one attempt whose turn it is: the claim is durable before the carrier hears of it, so it is sent at most once. */
@Injectable()
export class SendAttempt {
  private readonly logger = new Logger(SendAttempt.name);

  constructor(
    private readonly attempts: AttemptStore,
    private readonly consents: Consents,
    private readonly carriers: CarrierGateway,
    private readonly announce: AnnounceStatus,
    private readonly pace: AccountPace,
    private readonly settings: DeliverySettings,
    private readonly clock: Clock,
  ) {}

  async execute(attempt: Attempt): Promise<void> {
    const { correlationId, traceparent } = attempt;
    await runInContext({ correlationId, ...(traceparent === null ? {} : { traceparent }) }, async () => {
      const changed = await this.next(attempt);
      if (changed) failpoint('delivery.outcome-stored');
      if (changed?.unlanded) await this.announce.execute(changed);
    });
  }

  private async next(attempt: Attempt): Promise<Attempt | null> {
    if (await this.isEarly(attempt)) {
      const until = new Date(this.clock.now().getTime() + EARLY_MS);
      await this.attempts.change(attempt, (current) => paced(current, until));
      return null;
    }
    const line = await this.carriers.lineFor(attempt.tenantId, attempt.carrier, attempt.accountId);
    const optedOut =
      !attempt.answersKeyword && (await this.consents.optedOut(attempt.tenantId, attempt.from, attempt.to));
    const now = this.clock.now();
    const step = beforeSend(attempt, { optedOut, account: line }, now);
    if (step.kind === 'refuse') {
      return this.attempts.change(attempt, (current) => refused(current, step.change, now));
    }
    if (step.kind === 'retry' || line.kind !== 'ready') {
      const why = step.kind === 'retry' ? step.description : 'the carrier account is not ready';
      this.logger.warn(`Reply ${attempt.id} waits: ${why}`);
      return this.attempts.change(attempt, (current) => postponed(current, why, now, Math.random()));
    }
    const waitMs = line.perSecond === undefined ? 0 : await this.turnOf(attempt, line.perSecond);
    if (waitMs > 0) {
      const turn = new Date(this.clock.now().getTime() + waitMs);
      await this.attempts.change(attempt, (current) => withTurn(current, turn));
      return null;
    }
    const claimId = newId('cl');
    const mine = await this.attempts.change(attempt, (current) =>
      claimed(current, claimId, this.clock.now(), this.settings.claimMs, line.costOf?.(current) ?? null),
    );
    if (mine === null) return null;
    const at = this.clock.now();
    if (!hasRoom(mine, at, this.settings.longestExchangeMs)) {
      this.logger.warn(
        `Reply ${attempt.id} is not sent: its claim took so long to write that it could run out while the carrier is asked`,
      );
      return null;
    }
    failpoint('delivery.attempt-claimed');
    const outcome = await line.send(mine, at);
    failpoint('delivery.carrier-answered');
    if (outcome.kind === 'throttled') {
      await this.pace.holdOff(mine, outcome.retryAfterMs ?? THROTTLED_MS);
    }
    this.log(mine, outcome);
    return this.settleInTime(mine, claimId, outcome);
  }

  /** Milliseconds until this attempt may leave. Whose turn has come keeps it, whichever replica looks at it then. */
  private async turnOf(attempt: Attempt, perSecond: number): Promise<number> {
    const hasCome = attempt.turnAt != null && attempt.turnAt <= this.clock.now();
    if (hasCome && (await this.pace.heldFor(attempt)) === 0) return 0;
    return this.pace.take(attempt, perSecond);
  }

  /** Once the one before is here, the order of the store does the rest. */
  private async isEarly(attempt: Attempt): Promise<boolean> {
    const before = waitsFor(attempt, this.clock.now());
    if (before === null) return false;
    const isMissing = (await this.attempts.ofMessage(attempt.tenantId, before)).length === 0;
    if (isMissing) this.logger.warn(`Reply ${attempt.id} waits for ${before}, which is not here yet`);
    return isMissing;
  }

  /** What the carrier said must not be lost to a store that is away for a moment: without it the outcome is unknown. */
  private async settleInTime(
    attempt: Attempt,
    claimId: string,
    outcome: SendOutcome,
  ): Promise<Attempt | null> {
    const until = this.clock.now().getTime() + this.settings.claimMs;
    for (;;) {
      try {
        return await this.settle(attempt, claimId, outcome);
      } catch (error) {
        if (this.clock.now().getTime() >= until) throw error;
        this.logger.warn(`The outcome of reply ${attempt.id} is not stored yet: ${String(error)}`);
        await pause(500);
      }
    }
  }

  private async settle(attempt: Attempt, claimId: string, outcome: SendOutcome): Promise<Attempt | null> {
    const decide = (current: Attempt): Attempt | null =>
      afterSend(current, claimId, outcome, this.clock.now(), Math.random());
    try {
      return await this.attempts.change(attempt, decide);
    } catch (error) {
      if (!(error instanceof ProviderIdTaken)) throw error;
      this.logger.error(
        `Reply ${attempt.id}: ${error.message}; its statuses cannot be told from the other's`,
      );
      return this.attempts.change(attempt, (current) => {
        const next = decide(current);
        return next && { ...next, providerMessageId: current.providerMessageId };
      });
    }
  }

  private log(attempt: Attempt, outcome: SendOutcome): void {
    if (outcome.kind === 'accepted') {
      this.logger.log(`Reply ${attempt.id} was taken by ${attempt.carrier} as ${outcome.providerId}`);
    } else {
      this.logger.warn(`Reply ${attempt.id} by ${attempt.carrier}: ${outcome.kind}: ${outcome.description}`);
    }
  }
}
