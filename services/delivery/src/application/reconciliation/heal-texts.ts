import { Injectable, Logger } from '@nestjs/common';
import { addressKind, type CarrierMessage, type LoggedText } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import { ReconciliationPlan, type Counts } from '../../domain/reconciliation/reconciliation.js';
import type { ReadableLog } from './carrier-logs.js';
import { OurNumbers } from './our-numbers.js';
import { ReceivedTexts } from './received-texts.js';
import type { CarrierLogin } from './reconciliation-store.js';

/** How many texts one page may cost in calls of their own; the others follow in the next turn. */
const MOST_FETCHED = 10;

export interface Healed {
  readonly counts: Pick<Counts, 'textsHealed' | 'textsMissing' | 'failures'>;
  /** Ids of texts whose words are not to be had. */
  readonly unfetched: readonly string[];
  /** Some could not be asked for yet: the same page has to be looked at again. */
  readonly unfinished: { readonly waitMs: number | null; readonly message: string | null } | null;
}

/** Brings in customers' texts that the carrier's log has and no webhook brought. */
@Injectable()
export class HealTexts {
  private readonly logger = new Logger(HealTexts.name);

  constructor(
    private readonly received: ReceivedTexts,
    private readonly ourNumbers: OurNumbers,
    private readonly plan: ReconciliationPlan,
    private readonly clock: Clock,
  ) {}

  async execute(
    login: CarrierLogin,
    log: ReadableLog,
    texts: readonly LoggedText[],
    unfetchable: readonly string[],
  ): Promise<Healed> {
    const ids = texts.map(({ message }) => message.providerMessageId);
    const missingIds = ids.length === 0 ? new Set<string>() : await this.received.missing(login, ids);
    const missing = await this.ours(
      login.tenantId,
      texts.filter(({ message }) => missingIds.has(message.providerMessageId)),
    );
    const ready = missing.filter((text) => this.mayBeTaken(login, text));
    const whole = ready.flatMap((text) => (text.content === 'elsewhere' ? [] : [wordsOf(text, log.name)]));
    const known = new Set(unfetchable);
    const toFetch = ready.filter(
      ({ content, message }) => content === 'elsewhere' && !known.has(message.providerMessageId),
    );
    const fetched = await this.fetchSome(log, toFetch);
    const found = [...whole, ...fetched.texts];
    if (found.length > 0) {
      await this.received.take(login, found);
      this.logger.warn(
        `${found.length} texts to ${log.name} account "${login.accountId}" had not come in by webhook; they are in their conversations now`,
      );
    }
    return {
      counts: {
        textsHealed: found.length,
        textsMissing: missing.length - ready.length,
        failures: fetched.unfetched.length,
      },
      unfetched: fetched.unfetched,
      unfinished: fetched.unfinished,
    };
  }

  /** A log tells of all numbers of a login; those that are not set up here belong to something else. */
  private async ours(tenantId: string, texts: readonly LoggedText[]): Promise<readonly LoggedText[]> {
    if (texts.length === 0) return texts;
    const numbers = texts.map(({ message }) => message.to).filter((to) => addressKind(to) === 'e164');
    const ours = await this.ourNumbers.among(tenantId, numbers);
    return texts.filter(({ message: { to } }) => addressKind(to) !== 'e164' || ours.has(to));
  }

  /**
   * Not as long as a webhook may still bring what the log withholds: the words, or by which of several accounts with
   * one login it comes.
   */
  private mayBeTaken({ sharedWith }: CarrierLogin, { content, at }: LoggedText): boolean {
    if (content !== 'withheld' && sharedWith.length === 0) return true;
    return at !== null && this.clock.now().getTime() - at.getTime() >= this.plan.webhooksRepeatMs;
  }

  private async fetchSome(log: ReadableLog, texts: readonly LoggedText[]) {
    const found: CarrierMessage[] = [];
    const unfetched: string[] = [];
    for (const { message } of texts.slice(0, MOST_FETCHED)) {
      const fetched = await log.fetch(message);
      if (fetched.ok) found.push(fetched.value);
      else if (fetched.error.kind === 'refused') {
        this.logger.error(`Text ${message.providerMessageId} is missing, and: ${fetched.error.reason}`);
        unfetched.push(message.providerMessageId);
      } else {
        const { retryAfterMs: waitMs, reason } = fetched.error;
        return { texts: found, unfetched, unfinished: { waitMs, message: reason } };
      }
    }
    const unfinished = texts.length > MOST_FETCHED ? { waitMs: null, message: null } : null;
    return { texts: found, unfetched, unfinished };
  }
}

/** Where the carrier hands out no words, people are told that there was a text. */
function wordsOf({ message, content }: LoggedText, carrier: string): CarrierMessage {
  if (content !== 'withheld') return message;
  const text = `(A text from this customer got lost on its way: ${carrier} says that it came, but not what it said. Ask the customer to send it again.)`;
  return { ...message, text };
}
