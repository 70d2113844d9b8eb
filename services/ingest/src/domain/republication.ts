import type { Receipt } from './receipt.js';

const FIRST_MS = 30_000;
const LONGEST_MS = 600_000;
/** A status that found no message of ours in a day never will. */
const STATUS_GIVES_UP_MS = 24 * 60 * 60_000;

/** How long a receipt that was published `times` times may stay open before it is published again, milliseconds. */
export function patience(times: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(times, 1) - 1, 20));
}

/** The first publication has the receipt's id; later ones must differ, or JetStream would take them for repeats. */
export function publicationId(receiptId: string, timesBefore: number): string {
  return timesBefore === 0 ? receiptId : `${receiptId}.${timesBefore}`;
}

/** Whether an open receipt is given up; a customer's text never is. */
export function isGivenUp(receipt: Pick<Receipt, 'kind' | 'receivedAt'>, now: Date): boolean {
  return receipt.kind === 'status' && now.getTime() - receipt.receivedAt.getTime() > STATUS_GIVES_UP_MS;
}
