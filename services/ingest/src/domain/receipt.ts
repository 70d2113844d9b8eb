import {
  answeredByCarrier,
  findAnyCarrier,
  type CarrierEvent,
  type CarrierMessage,
} from '@partyline/carriers';
import type { CarrierStatus, InboundMessage } from '@partyline/contracts';
import { derivedId, messageId } from '@partyline/kernel';
import type { Account, AccountRef } from './account.js';

/** A webhook as it came in, for whoever has to look at it later. */
export interface RawWebhook {
  readonly method: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The `method` of what no webhook brought, but the carrier's own log. */
export const FROM_LOG = 'LOG';

/** What of a webhook is not in its events. */
export interface Arrival {
  readonly receivedAt: Date;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly raw: RawWebhook;
}

interface Common extends AccountRefs {
  /** The same for every delivery of the same webhook: its unique key as one word. */
  readonly id: string;
  readonly providerMessageId: string;
  /** `message`, or `status:<the carrier's word>`: what makes two events about one provider id different. */
  readonly key: string;
  readonly receivedAt: Date;
  readonly correlationId: string;
  readonly traceparent: string | null;
  /** Absent for all but parts of long texts, which wait for each other and are published as one. */
  readonly part?: ReceiptPart;
  /** null where it stands with the first receipt of the same webhook. */
  readonly raw: RawWebhook | null;
}
/** Its place in a long text that the carrier hands on in parts. */
export interface ReceiptPart {
  /** The same for all parts of a text, as long as they come close together: carriers use references again. */
  readonly key: string;
  readonly number: number;
  readonly total: number;
}
interface AccountRefs {
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountId: string;
}

/** One event of a carrier, as we vouch for it from the moment it is stored. */
export type Receipt =
  | (Common & { readonly kind: 'message'; readonly messageId: string; readonly event: InboundMessage })
  | (Common & { readonly kind: 'status'; readonly messageId: null; readonly event: CarrierStatus });

/** Bodies up to this many bytes are kept with each receipt of a webhook, larger ones with its first only. */
const RAW_WITH_EACH = 16 * 1024;

export function receiptsOf(
  account: AccountRef & Pick<Account, 'settings'>,
  events: readonly CarrierEvent[],
  arrival: Arrival,
): Receipt[] {
  return events.map((event, index) => {
    const key = event.kind === 'message' ? 'message' : `status:${event.rawStatus}`;
    const status = event.kind === 'message' ? [] : [event.rawStatus];
    const { id: accountId, tenantId, carrier } = account;
    const { providerMessageId } = event;
    const common: Common = {
      id: derivedId('rc', tenantId, carrier, accountId, providerMessageId, ...status),
      tenantId,
      carrier,
      accountId,
      providerMessageId,
      key,
      receivedAt: arrival.receivedAt,
      correlationId: arrival.correlationId,
      traceparent: arrival.traceparent,
      ...partOf(account, event),
      raw: index === 0 || arrival.raw.body.length <= RAW_WITH_EACH ? arrival.raw : null,
    };
    return withEvent(common, event, account.settings);
  });
}

function partOf({ id, carrier }: AccountRef, event: CarrierEvent): { part?: ReceiptPart } {
  if (event.kind !== 'message' || !event.part || event.part.total < 2) return {};
  const { ref, number, total } = event.part;
  const key = derivedId('pt', carrier, id, event.from, event.to, ref, String(total));
  return { part: { key, number, total } };
}

/** On the hot path: spread last, an object costs a tenth of what it does spread first (V8 copies its shape then). */
function withEvent(common: Common, event: CarrierEvent, settings: Account['settings']): Receipt {
  const shared = {
    receiptId: common.id,
    carrier: common.carrier,
    accountId: common.accountId,
    providerMessageId: common.providerMessageId,
    receivedAt: common.receivedAt.toISOString(),
  };
  if (event.kind === 'status') {
    const { status, errorClass, errorCode, rawStatus, description, reference } = event;
    const rawCode = errorCode ?? rawStatus;
    return {
      kind: 'status',
      messageId: null,
      event: { status, errorClass, rawCode, description, reference, ...shared },
      ...common,
    };
  }
  const id = messageId(common.carrier, common.accountId, common.providerMessageId);
  return {
    kind: 'message',
    messageId: id,
    event: {
      messageId: id,
      from: event.from,
      to: event.to,
      group: [...event.group],
      text: event.text,
      media: event.media.map((one, index) => ({ ...one, id: derivedId('md', id, String(index)) })),
      sentAt: event.sentAt?.toISOString() ?? null,
      segments: event.segments,
      ...keywordOf(common.carrier, settings, event),
      ...shared,
    },
    ...common,
  };
}

/** What is known of a word like STOP before anybody knows in which languages words count for the company. */
function keywordOf(
  carrierId: string,
  settings: Account['settings'],
  message: CarrierMessage,
): Pick<InboundMessage, 'keyword' | 'answeredByCarrier'> | null {
  const carrier = findAnyCarrier(carrierId);
  if (!carrier || !answeredByCarrier(carrier, settings, message)) return null;
  return { ...(message.keyword && { keyword: message.keyword }), answeredByCarrier: true };
}
