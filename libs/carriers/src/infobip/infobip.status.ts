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

/** By what the names of statuses (REJECTED_...) and of errors (EC_...) say. */
const CLASSES: readonly (readonly [RegExp, ErrorClass])[] = [
  [/^EXPIRED|_EXPIRED$/, 'expired'],
  [/CREDITS|PREPAID|INSUFFICIENT_FUNDS/, 'price'],
  [/FLOODING|THROTTL|CONGESTION/, 'throttled'],
  [/SPAM|FILTER|CONTENT_BLOCK/, 'spam_filtered'],
  [/DND|OPT_?OUT|UNSUBSCRIBED|BLACKLIST|BLOCKLIST|DO_NOT_DISTURB/, 'opted_out'],
  [/SENDER|SOURCE|NOT_REGISTERED|CAMPAIGN|BRAND/, 'unregistered'],
  [
    /UNKNOWN_SUBSCRIBER|UNIDENTIFIED_SUBSCRIBER|INVALID_DEST|DESTINATION|PREFIX|MISSING_TO|NUMBER_INVALID/,
    'invalid_destination',
  ],
  [
    /ABSENT|UNREACHABLE|NOT_REACHABLE|BUSY|NETWORK|ROUTE_NOT_AVAILABLE|NO_RESPONSE|TIMEOUT|MEMORY_CAPACITY/,
    'unreachable',
  ],
  [/LANDLINE|TELESERVICE|FACILITY_NOT_SUPPORTED|EQUIPMENT/, 'landline'],
  [/BARRED|ILLEGAL_SUBSCRIBER|BLOCKED/, 'blocked'],
  [/TOO_LONG|INVALID_UDH|CONTENT/, 'content'],
];

export function infobipErrorClass(...names: (string | null | undefined)[]): ErrorClass {
  for (const name of names) {
    const found = CLASSES.find(([pattern]) => name && pattern.test(name));
    if (found) return found[1];
  }
  return 'unknown';
}
