import { Injectable, Logger } from '@nestjs/common';
import { keptHeaders, keptQuery, type WebhookAnswer, type WebhookRequest } from '@partyline/carriers';
import { failpoint } from '@partyline/kernel';
import { receiptsOf } from '../domain/receipt.js';
import { attempt } from './attempt.js';
import { Accounts, type Line } from './accounts.js';
import { CarrierVisits } from './carrier-visits.js';
import { IngestMetrics } from './ingest-metrics.js';
import { ReceiptWriter } from './receipt-writer.js';
import { RefusedWebhooks } from './refused-webhooks.js';
import { RefusalCounters } from './refusal-counters.js';
import { SignatureHistory } from './signature-history.js';

export interface IncomingWebhook {
  readonly carrier: string;
  readonly accountId: string;
  readonly request: WebhookRequest;
  readonly correlationId: string;
  readonly traceparent: string | null;
}

interface Refusal<Kind> {
  readonly kind: Kind;
  readonly reason: string;
  /** The HTTP status that this carrier needs, where the usual one made it drop a text for good. */
  readonly status: number | null;
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly answer: WebhookAnswer }
  | { readonly kind: 'unknown_account' }
  | Refusal<'bad_signature'>
  | Refusal<'malformed'>
  /** Not durable, as far as we know: the carrier has to come again. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'overloaded' };

/** Verifies, normalizes and stores one webhook; accepted only when all of it is durable. */
@Injectable()
export class AcceptWebhook {
  private readonly logger = new Logger(AcceptWebhook.name);

  constructor(
    private readonly accounts: Accounts,
    private readonly writer: ReceiptWriter,
    private readonly refusals: RefusalCounters,
    private readonly signatures: SignatureHistory,
    private readonly refused: RefusedWebhooks,
    private readonly metrics: IngestMetrics,
    private readonly visits: CarrierVisits,
  ) {}

  async execute(incoming: IncomingWebhook): Promise<Acceptance> {
    const line = await this.lineOf(incoming);
    const acceptance = line && line !== 'unavailable' ? await this.accept(line, incoming) : without(line);
    this.metrics.webhook(line && line !== 'unavailable' ? line.account : null, acceptance.kind);
    return acceptance;
  }

  private async accept({ account, carrier, open }: Line, incoming: IncomingWebhook): Promise<Acceptance> {
    const certificateUrl = carrier.certificateUrl?.(incoming.request, open) ?? null;
    const certificate =
      certificateUrl === null
        ? null
        : await this.visits.certificate(certificateUrl, incoming.request.receivedAt);
    if (certificateUrl !== null && certificate === null) {
      this.logger.warn(`The certificate ${certificateUrl} of ${carrier.id} cannot be had now`);
      return { kind: 'unavailable' };
    }
    const request = certificate === null ? incoming.request : { ...incoming.request, certificate };
    const raw = {
      method: request.method,
      query: keptQuery(request.query),
      headers: keptHeaders(request.headers),
      body: request.body,
    };
    const refuse = (kind: 'bad_signature' | 'malformed', reason: string): Acceptance => {
      const { receivedAt: at, body } = request;
      const { correlationId } = incoming;
      this.refusals.refused(account, kind === 'malformed' ? 'malformed' : 'badSignatures');
      this.refused.record(account, { at, kind, reason, raw, bytes: body.length, correlationId });
      this.logger.warn(`Refused a webhook for ${carrier.id} account "${account.id}" (${kind}): ${reason}`);
      const status = carrier.refusalStatus?.(kind === 'malformed' ? kind : 'signature', request) ?? null;
      return { kind, reason, status };
    };
    const verified = attempt(() => carrier.verify(request, open));
    this.signatures.seen(account, verified.ok, request.receivedAt);
    if (!verified.ok) return refuse('bad_signature', verified.error);
    this.refusals.seen(account, request.receivedAt);
    const handshake = carrier.handshake?.(request, open) ?? null;
    if (handshake) {
      const confirmed = handshake.confirmUrl === null || (await this.visits.confirm(handshake.confirmUrl));
      return confirmed ? { kind: 'accepted', answer: handshake.answer } : { kind: 'unavailable' };
    }
    const parsed = attempt(() => carrier.parse(request, open));
    if (!parsed.ok) return refuse('malformed', parsed.error);
    const receipts = receiptsOf(account, parsed.value, {
      receivedAt: request.receivedAt,
      correlationId: incoming.correlationId,
      traceparent: incoming.traceparent,
      raw,
    });
    failpoint('ingest.webhook-verified');
    const appended = await this.writer.append(receipts);
    if (appended === 'durable') {
      return { kind: 'accepted', answer: carrier.answerFor?.(open) ?? carrier.answer };
    }
    return { kind: appended === 'unknown' ? 'unavailable' : 'overloaded' };
  }

  private async lineOf({ carrier, accountId }: IncomingWebhook): Promise<Line | null | 'unavailable'> {
    try {
      return await this.accounts.find(carrier, accountId);
    } catch (error) {
      this.logger.error(`Carrier account "${accountId}" cannot be read: ${String(error)}`);
      return 'unavailable';
    }
  }
}

const without = (line: null | 'unavailable'): Acceptance =>
  line === null ? { kind: 'unknown_account' } : { kind: 'unavailable' };
