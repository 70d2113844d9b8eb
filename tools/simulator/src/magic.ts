/** One step of what a carrier tells about a text it took. `afterMs` counts from when it was taken. */
export interface Receipt {
  readonly afterMs: number;
  readonly status: 'sent' | 'delivered' | 'undelivered';
  readonly failure: { readonly code: string; readonly twilioCode: string; readonly reason: string } | null;
}

/** What the simulated carrier does with a text. */
export interface Behaviour {
  /** `reject`: says no. `throttle`: 429 at the first try. `hang`: takes it and never answers the call. */
  readonly answer: 'accept' | 'reject' | 'throttle' | 'hang';
  readonly receipts: readonly Receipt[];
}

const SENT: Receipt = { afterMs: 300, status: 'sent', failure: null };
const DELIVERED: Receipt = { afterMs: 1_000, status: 'delivered', failure: null };
const SWITCHED_OFF: Receipt = {
  afterMs: 1_000,
  status: 'undelivered',
  failure: { code: 'unreachable', twilioCode: '30003', reason: 'The phone is switched off' },
};
/** Long after the caller has given up: until then nobody on its side can know. */
const AT_LAST: Receipt = { afterMs: 60_000, status: 'delivered', failure: null };

const NORMAL: Behaviour = { answer: 'accept', receipts: [SENT, DELIVERED] };

const MAGIC: Readonly<Record<string, Behaviour>> = {
  '0198': { answer: 'accept', receipts: [SENT, SWITCHED_OFF] },
  '0197': { answer: 'reject', receipts: [] },
  '0196': { answer: 'throttle', receipts: [SENT, DELIVERED] },
  '0195': { answer: 'accept', receipts: [] },
  '0194': { answer: 'hang', receipts: [AT_LAST] },
};

/** Customers whose number ends like this try out failures (see README); all others get their texts. */
export function behaviourFor(phone: string): Behaviour {
  return MAGIC[phone.slice(-4)] ?? NORMAL;
}
