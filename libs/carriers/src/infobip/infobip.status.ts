import type { CarrierStatusReport } from '../carrier.js';
import type { ErrorClass } from '../outcome.js';

export interface InfobipStatus {
  readonly groupId?: number | null | undefined;
  readonly groupName?: string | null | undefined;
  readonly id?: number | null | undefined;
  readonly name?: string | null | undefined;
}

type Status = NonNullable<CarrierStatusReport['status']>;
/** Source: https://www.infobip.com/docs/developer-resources/api-fundamentals/message-status-codes */
const GROUPS: readonly (readonly [id: number, name: string, status: Status])[] = [
  [0, 'ACCEPTED', 'queued'],
  [1, 'PENDING', 'sent'],
  [2, 'UNDELIVERABLE', 'undelivered'],
  [3, 'DELIVERED', 'delivered'],
  [4, 'EXPIRED', 'undelivered'],
  [5, 'REJECTED', 'failed'],
];

/** DELIVERED_TO_OPERATOR stands in the group of what was delivered, and is not: no handset has it yet. */
export function infobipStatus(status: InfobipStatus): Status | null {
  if (status.id === 2 || status.name === 'DELIVERED_TO_OPERATOR') return 'sent';
  const group = GROUPS.find(([id, name]) => id === status.groupId || name === status.groupName);
  return group?.[2] ?? null;
}

/**
 * By what the names of statuses (REJECTED_...) and of errors (EC_...) say; the first that fits. Only a person who does not
 * want texts opts out: a sender or a SIM card on a blacklist is another matter.
 * Source: https://www.infobip.com/docs/developer-resources/api-fundamentals/error-code-reference
 */
const CLASSES: readonly (readonly [RegExp, ErrorClass])[] = [
  [/CREDITS|PREPAID|INSUFFICIENT_FUNDS/, 'price'],
  [/EXPIRED|MESSAGE_CANCEL/, 'expired'],
  [/_NNR_/, 'unreachable'],
  [/FLOODING|THROTTL|CONGESTION|RESOURCE_LIMITATION/, 'throttled'],
  [/SPAM|FILTER|CONTENT_BLOCK/, 'spam_filtered'],
  [/DESTINATION_(NOT_REGISTERED|BLOCK)|REJECTED_OPERATOR/, 'blocked'],
  [/SENDER|SOURCE|NOT_REGISTERED|CAMPAIGN|BRAND|SHORT_?CODE/, 'unregistered'],
  [/DND|OPT_?OUT|UNSUBSCRIBED|DO_NOT_DISTURB|DEST_ADDRESS_BLACKLISTED/, 'opted_out'],
  [/BARRED|ILLEGAL|BLOCKED|BLACKLIST|BLOCKLIST/, 'blocked'],
  [
    /UNKNOWN_SUBSCRIBER|UNIDENTIFIED_SUBSCRIBER|INVALID_DEST|DESTINATION|PREFIX|MISSING_TO|NUMBER_INVALID/,
    'invalid_destination',
  ],
  [/LANDLINE|(TELE|BEARER_)SERVICE|FACILITY_NOT_SUPPORTED|EQUIPPED/, 'landline'],
  [
    /ABSENT|REACHABLE|BUSY|NETWORK|ROUTE_NOT_AVAILABLE|NO_RESPONSE|TIME_?OUT|MEMORY_?CAPACITY|ROAMING|EQUIPMENT|DELIVERY_FAILURE|WAITING_LIST/,
    'unreachable',
  ],
  [/TOO_LONG|INVALID_UDH|INVALID_?PDU|CONTENT/, 'content'],
];

export function infobipErrorClass(...names: (string | null | undefined)[]): ErrorClass {
  for (const name of names) {
    const found = CLASSES.find(([pattern]) => name && pattern.test(name.toUpperCase()));
    if (found) return found[1];
  }
  return 'unknown';
}
