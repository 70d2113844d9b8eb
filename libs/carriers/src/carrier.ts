import type { Result } from '@partyline/kernel';
import type { CarrierGuide } from './carrier-guide.js';
import type { CarrierLog } from './carrier-log.js';
import type { Keyword } from './keyword.js';
import type { ErrorClass, SendOutcome } from './outcome.js';
import type { DeliveryStatus } from './status.js';

/** A carrier account with its secrets open. Lives in memory only; never log or store it. */
export interface OpenAccount {
  readonly id: string;
  /** The exact URL that the carrier calls and signs, without the query string it may add. */
  readonly publicUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** A webhook as it came in. `body` holds the bytes as sent: signatures cover them. */
export interface WebhookRequest {
  readonly method: 'GET' | 'POST' | 'OPTIONS';
  /** What followed the `?`, exactly as sent; '' where there was none. */
  readonly query: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  readonly receivedAt: Date;
  /** The PEM text behind `Carrier.certificateUrl`, where that named one. */
  readonly certificate?: string;
}

export interface CarrierMedia {
  readonly url: string;
  readonly contentType: string | null;
}

/** One of several SMS that a phone cut a long text into, where the carrier does not join them. */
export interface TextPart {
  /** The same for all parts of a text; unique only together with both addresses, and reused after a while. */
  readonly ref: string;
  readonly total: number;
  /** 1 is the first. Parts come in any order. */
  readonly number: number;
}

/** A customer's text. Addresses are normalized; the text is never trimmed. */
export interface CarrierMessage {
  readonly kind: 'message';
  readonly providerMessageId: string;
  readonly from: string;
  readonly to: string;
  /** The other people of a group text; empty otherwise. */
  readonly group: readonly string[];
  readonly text: string;
  readonly media: readonly CarrierMedia[];
  readonly segments: number | null;
  /** When the carrier had it, where it says so. */
  readonly sentAt?: Date | null;
  readonly part?: TextPart | null;
  /** What the carrier took it for and answered by itself, where it says so. */
  readonly keyword?: Keyword | null;
}

/** What a carrier tells about a message of ours. */
export interface CarrierStatusReport {
  readonly kind: 'status';
  readonly providerMessageId: string;
  /** null: a word that we do not know. It is kept in `rawStatus` and changes nothing. */
  readonly status: Exclude<DeliveryStatus, 'unknown'> | null;
  /** The carrier's own word. */
  readonly rawStatus: string;
  readonly errorCode: string | null;
  readonly errorClass: ErrorClass | null;
  readonly description: string | null;
  /** Our message id, where the status came to a URL of `statusCallbackUrl`. */
  readonly reference: string | null;
}

export type CarrierEvent = CarrierMessage | CarrierStatusReport;

/** A text to send to one recipient. */
export interface OutboundText {
  /** Our id; a carrier that knows idempotency keys gets it as one. */
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** URLs that the carrier fetches. */
  readonly media: readonly string[];
  /** When this attempt is made: signatures with a time window cover it. */
  readonly at: Date;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What a carrier must see to count its webhook as delivered. */
export interface WebhookAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
  /** Further headers that the carrier has to see. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request by which a carrier makes sure that the webhook is ours, before it sends anything to it. */
export interface Handshake {
  readonly answer: WebhookAnswer;
  /** A URL of the carrier's own, checked to be one, that has to be fetched (GET) before the answer is given. */
  readonly confirmUrl: string | null;
}

/** `account`: it does not exist (any more), or is switched off. `size`: more than a webhook may have. */
export type RefusalKind = 'signature' | 'malformed' | 'account' | 'size';

/** What stands in the way of using an account, in words for the Admin; null when nothing does. */
export type AccountProblem = string | null;

/** What there is to know of every carrier, however it is reached. */
export interface CarrierProfile {
  readonly id: string;
  readonly name: string;
  readonly guide: CarrierGuide;
  /** Checks settings and the names of the secrets of an account that an Admin sets up. */
  accountProblem(settings: Readonly<Record<string, string>>, secretNames: readonly string[]): AccountProblem;
  /**
   * Whether it usually answers a word like STOP (in capitals, without blanks) by itself, sent to this number of ours.
   * Absent: it answers none.
   */
  answersKeyword?(word: string, ourNumber: string): boolean;
  /** Whether files of ours go out as links in the text, so that a text with files is an SMS; absent: as an MMS. */
  filesAsLinks?(settings: Readonly<Record<string, string>>): boolean;
}

/** A carrier that calls nobody: we keep a connection to it, through which texts come and go. */
export interface BoundCarrier extends CarrierProfile {
  readonly binds: true;
}

/**
 * A carrier that calls webhooks: how it signs, what it says, and how to send through it. Pure: no HTTP, no clock, no
 * state. Its `id` is the one in `/hooks/:carrier/:accountId`.
 */
export interface Carrier extends CarrierProfile {
  /** After the receipt is durable. */
  readonly answer: WebhookAnswer;
  /** Whether the webhook is the carrier's own and unchanged; the reason says what does not fit, without secrets. */
  verify(request: WebhookRequest, account: OpenAccount): Result<null, string>;
  /** What a verified webhook says; the reason says what is wrong with it. An empty list: nothing to keep. */
  parse(request: WebhookRequest, account: OpenAccount): Result<readonly CarrierEvent[], string>;
  buildSend(message: OutboundText, account: OpenAccount): HttpRequest;
  /** Never `unreachable`: there was an answer. */
  parseSend(response: HttpResponse, account?: OpenAccount): SendOutcome;
  /** Headers for fetching media from the carrier's own host; none for any other host. */
  mediaHeaders(url: URL, account: OpenAccount): Readonly<Record<string, string>>;
  /** Where the address of a file answers with a description of it: the address of the file itself, else null. */
  mediaLink?(url: URL, body: Uint8Array): string | null;
  /**
   * Where `verify` needs a certificate: its URL, already checked to be the carrier's own. Whoever calls fetches it
   * once, keeps it, and hands it over as `request.certificate`.
   */
  certificateUrl?(request: WebhookRequest, account: OpenAccount): string | null;
  /** Asked of a verified request before `parse`; null: it is no handshake. */
  handshake?(request: WebhookRequest, account: OpenAccount): Handshake | null;
  /** Where the carrier's API lists what came in and went out. */
  readonly log?: CarrierLog;
  /** Where the answer depends on the account; else `answer` is given. */
  answerFor?(account: OpenAccount): WebhookAnswer;
  /** The HTTP status of a refusal, where the usual one (403, 400, 404, 413) made the carrier drop a text for good. */
  refusalStatus?(refusal: RefusalKind, request: WebhookRequest): number;
}

export type AnyCarrier = Carrier | BoundCarrier;

export const isBoundCarrier = (carrier: AnyCarrier): carrier is BoundCarrier => 'binds' in carrier;
