import { Logger } from '@nestjs/common';
import {
  decodePdu,
  readDelivered,
  SmppBind,
  type BindState,
  type Delivery,
  type SmppLink,
} from '@partyline/carriers';
import { Clock, failpoint, newId } from '@partyline/kernel';
import { AcceptDelivery, type DeliveryVerdict } from '../../application/accept-delivery.js';
import { BindStore } from '../../application/bind-store.js';
import type { BoundLine } from '../../application/bound-accounts.js';
import { IngestMetrics } from '../../application/ingest-metrics.js';
import { OpenTexts, type OpenText } from '../../domain/open-texts.js';

export class ReceiverOptions {
  constructor(
    readonly allowedOrigins: ReadonlySet<string> = new Set(),
    readonly connectMs = 5_000,
    /** How long the SMSC may take to answer a bind or a question, milliseconds. */
    readonly answerMs = 10_000,
    readonly enquireMs = 30_000,
    readonly firstPauseMs = 1_000,
    readonly mostPauseMs = 60_000,
    /** How many texts may wait to be stored before no more are read. */
    readonly window = 100,
  ) {}
}

/**
 * What the SMSC hears: ESME_ROK; ESME_RMSGQFUL and ESME_RTHROTTLED (come again); ESME_RX_P_APPN (do not). The standard has
 * ESME_RX_T_APPN for the former, after which some carriers (Vonage) do not come again all the same.
 */
const STATUS: Readonly<Record<DeliveryVerdict, number>> = {
  kept: 0x00,
  later: 0x14,
  busy: 0x58,
  refused: 0x65,
};
/** After an answer: when the SMSC is asked something, whose answer proves that it read ours. */
const PROVE_AFTER_MS = 100;
/** How often that is noted for whoever receives next. */
const NOTE_MS = 1_000;
/** How long the SMSC may take to prove it when we leave. */
const FAREWELL_MS = 2_000;

/** The receiver bind of one account, while this process holds it. */
export class Receiver {
  private readonly logger = new Logger(Receiver.name);
  private readonly epoch = newId('sb');
  private readonly working = new Set<Promise<void>>();
  private texts = new OpenTexts(this.epoch);
  private proving: NodeJS.Timeout | undefined;
  private noting: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();
  /** No more texts are taken until those that were are settled. */
  private leaving = false;

  constructor(
    private readonly line: BoundLine,
    private readonly accept: AcceptDelivery,
    private readonly store: BindStore,
    private readonly metrics: IngestMetrics,
    private readonly clock: Clock,
    private readonly options: ReceiverOptions,
  ) {}

  /** Until the signal; then what is being stored comes to its end. */
  async run(signal: AbortSignal): Promise<void> {
    const { account, open } = this.line;
    const left = await this.leftOpen();
    await this.store.begin(account, this.epoch, left);
    failpoint('ingest.bind-begun');
    this.texts = new OpenTexts(this.epoch, left);
    const { allowedOrigins, connectMs, ...options } = this.options;
    const bind = new SmppBind({
      ...options,
      role: 'receiver',
      account: open,
      connect: { timeoutMs: connectMs, allowedOrigins },
      delivered: (delivery, link) => this.take(delivery, link),
      changed: (state, link) => this.changed(state, link),
    });
    bind.start();
    await ended(signal);
    const link = await bind.link(0);
    this.leaving = true;
    if (link.ok) link.value.pause();
    await Promise.all(this.working);
    this.leaving = false;
    if (link.ok) {
      link.value.resume();
      await this.prove(link.value, FAREWELL_MS);
    }
    await bind.stop();
    clearTimeout(this.proving);
    clearTimeout(this.noting);
    await this.note();
    await this.telling;
    this.metrics.bound(account, null);
  }

  /** What the SMSC may hand over again, because nobody is known to have told it otherwise. */
  private async leftOpen(): Promise<OpenText[]> {
    const { open, unnoted } = await this.store.leftOpen(this.line.account);
    const stored = unnoted.flatMap(({ id, frame }) => {
      const pdu = decodePdu(frame);
      const read = pdu.ok ? readDelivered(pdu.value, this.line.open) : pdu;
      const fingerprint = read.ok && read.value.kind === 'text' ? read.value.fingerprint : null;
      return fingerprint === null ? [] : [{ id, fingerprint }];
    });
    return [...open, ...stored];
  }

  private take(delivery: Delivery, link: SmppLink): void {
    const { verdict, arrived } = this.accept.execute(this.line, this.texts, delivery);
    const work = verdict
      .catch((error: unknown): DeliveryVerdict => {
        this.logger.error(
          `A text of account "${this.line.account.id}" could not be stored: ${String(error)}`,
        );
        return 'later';
      })
      .then((said) => {
        failpoint('ingest.delivery-kept');
        const heard = link.answer(delivery, STATUS[said]);
        failpoint('ingest.delivery-answered');
        if (arrived) this.texts.answered(arrived, heard && said === 'kept', performance.now());
        this.proveSoon(link);
      })
      .finally(() => {
        this.working.delete(work);
        if (this.working.size < this.options.window && !this.leaving) link.resume();
      });
    this.working.add(work);
    if (this.working.size >= this.options.window) link.pause();
  }

  private proveSoon(link: SmppLink): void {
    this.proving ??= setTimeout(() => {
      this.proving = undefined;
      void this.prove(link).then(() => this.noteSoon());
    }, PROVE_AFTER_MS);
  }

  private noteSoon(): void {
    this.noting ??= setTimeout(() => {
      this.noting = undefined;
      void this.note();
    }, NOTE_MS);
  }

  private async prove(link: SmppLink, withinMs = this.options.answerMs): Promise<void> {
    const mark = this.texts.mark();
    const answer = await link.ask('enquire_link', {}, withinMs);
    if (answer.ok) this.texts.proven(mark);
  }

  private async note(): Promise<void> {
    try {
      await this.store.note(this.line.account, this.epoch, this.texts.left(performance.now()));
      failpoint('ingest.bind-noted');
    } catch (error) {
      this.logger.warn(`What the SMSC may hand over again is not noted for now: ${String(error)}`);
    }
  }

  private changed(state: BindState, link: SmppLink | null): void {
    const { account } = this.line;
    const now = this.clock.now();
    const problem = state.kind === 'unbound' ? (state.problem?.reason ?? null) : null;
    if (link) this.texts.bound(performance.now());
    else this.texts.lost();
    this.metrics.bound(account, link !== null);
    if (link) this.logger.log(`Account "${account.id}" is bound to receive`);
    else if (problem !== null) this.logger.warn(`Account "${account.id}" is not bound: ${problem}`);
    this.telling = this.telling
      .then(() => this.store.tell(account, link !== null, problem, now))
      .catch((error: unknown) => this.logger.warn(`The state of a bind is not stored: ${String(error)}`));
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
