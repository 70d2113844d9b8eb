import { segmentsOf, type Cost, type DeliveryStatus } from '@partyline/carriers';
import { derivedId } from '@partyline/kernel';

/**
 * `queued`: to be sent when `nextAttemptAt` comes. `sending`: claimed; whether the carrier gets it is open from here
 * on. `settled`: sent, refused, or unknown; never sent again, whatever happens.
 */
export type AttemptState = 'queued' | 'sending' | 'settled';

/** One thing that happened to an attempt, in the order it was learned. */
export interface HistoryEntry {
  readonly at: Date;
  readonly step: 'queued' | 'sending' | 'retry' | 'settled' | 'carrier' | 'abandoned' | 'log';
  readonly status: DeliveryStatus;
  readonly rawCode: string | null;
  readonly description: string | null;
}

/** One reply on its way to one recipient. A reply to a group text is one attempt per recipient. */
export interface Attempt {
  readonly id: string;
  readonly tenantId: string;
  readonly messageId: string;
  readonly conversationId: string;
  readonly inboxId: string;
  /** Place in its conversation's log: replies leave in the order of (seq, index). */
  readonly seq: number;
  readonly index: number;
  readonly carrier: string;
  readonly accountId: string;
  /** Our number. */
  readonly from: string;
  /** The customer. */
  readonly to: string;
  readonly text: string;
  readonly media: readonly string[];
  /** It answers STOP, START or HELP: a STOP does not stop it. */
  readonly answersKeyword?: boolean;
  /** The message that leaves before it, where the inbox service does not know that it has left. */
  readonly after?: string;
  /** Of each of `media`, where it is known. Absent: from before it was kept. */
  readonly mediaTypes?: readonly (string | null)[];
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly queuedAt: Date;

  readonly state: AttemptState;
  readonly status: DeliveryStatus;
  readonly statusAt: Date;
  /** How often it was tried and surely not taken. */
  readonly tries: number;
  readonly nextAttemptAt: Date;
  /** When its account may send it; null or absent: it has no turn yet. */
  readonly turnAt?: Date | null;
  /** Who sends it and until when that may last; null unless `sending`. */
  readonly claim: { readonly id: string; readonly startedAt: Date; readonly until: Date } | null;
  readonly providerMessageId: string | null;
  /** As we count them, until the carrier tells its own count. */
  readonly segments: number | null;
  /** By the prices of the account when it was last sent; null: none was known. Absent: from before it was estimated. */
  readonly cost?: Cost | null;
  readonly errorClass: string | null;
  readonly rawCode: string | null;
  readonly description: string | null;
  readonly history: readonly HistoryEntry[];
  /** Receipts of the webhooks that told about it. */
  readonly receiptIds: readonly string[];

  /** Whether the conversation does not show this status yet, as far as we know. */
  readonly unlanded: boolean;
  readonly announceAt: Date;
  readonly announcements: number;
  /** What the conversation shows, as the inbox service last told. */
  readonly landedStatus: DeliveryStatus | null;
  /** +1 per change: the store's compare-and-swap. */
  readonly version: number;
}

/** A reply as the inbox service queued it. */
export interface QueuedReply {
  readonly tenantId: string;
  readonly messageId: string;
  readonly conversationId: string;
  readonly inboxId: string;
  readonly seq: number;
  readonly index: number;
  readonly carrier: string;
  readonly accountId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly media: readonly string[];
  readonly answersKeyword?: boolean;
  readonly after?: string;
  readonly mediaTypes?: readonly (string | null)[];
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly queuedAt: Date;
}

/** How many history entries are kept; carriers that repeat themselves must not make a document grow for ever. */
const HISTORY = 50;

/** The attempts of a reply: ids are derived, so that the same reply never becomes another attempt. */
export function attemptsOf(reply: QueuedReply): Attempt[] {
  const recipients = [...new Set(reply.to)];
  const { segments } = segmentsOf(reply.text);
  return recipients.map((to) => ({
    ...reply,
    id: recipients.length === 1 ? reply.messageId : derivedId('at', reply.messageId, to),
    to,
    state: 'queued',
    status: 'queued',
    statusAt: reply.queuedAt,
    tries: 0,
    nextAttemptAt: reply.queuedAt,
    claim: null,
    providerMessageId: null,
    segments,
    cost: null,
    errorClass: null,
    rawCode: null,
    description: null,
    history: [{ at: reply.queuedAt, step: 'queued', status: 'queued', rawCode: null, description: null }],
    receiptIds: [],
    unlanded: false,
    announceAt: reply.queuedAt,
    announcements: 0,
    landedStatus: null,
    version: 0,
  }));
}

/** `attempt` with one more line in its history. */
export function recorded(attempt: Attempt, at: Date, step: HistoryEntry['step'], said?: Said): Attempt {
  const entry: HistoryEntry = {
    at,
    step,
    status: attempt.status,
    rawCode: said?.rawCode ?? null,
    description: said?.description ?? null,
  };
  return { ...attempt, history: [...attempt.history, entry].slice(-HISTORY) };
}

/** What somebody said about an attempt, and how it is told to people. */
export interface Said {
  readonly rawCode: string | null;
  readonly description: string | null;
}

/** Whether a later reply of the conversation has to wait for this one. An `unknown` one does not block: it may never settle. */
export function blocksLater(attempt: Pick<Attempt, 'state'>): boolean {
  return attempt.state !== 'settled';
}
