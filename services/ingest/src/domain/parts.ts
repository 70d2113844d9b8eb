import type { InboundMessage } from '@partyline/contracts';

/** One part of a long text that a carrier hands on in several, as it waits for the others. */
export interface WaitingPart {
  readonly receiptId: string;
  readonly number: number;
  readonly total: number;
  readonly receivedAt: Date;
  readonly event: InboundMessage;
}

/** Which parts make one text. Once it is stored no other text can have any of them. */
export interface Join {
  readonly tenantId: string;
  /** The same for all parts of a text. */
  readonly key: string;
  /** The receipt that stands for all of them: its id is the text's. */
  readonly leadId: string;
  readonly receiptIds: readonly string[];
  /** The numbers of the parts that are in it, ascending. */
  readonly numbers: readonly number[];
}

/** What stands where a part never came. */
export const GAP = ' […] ';

/** One part of each number, in their order: of doubles the first to come in. */
export function inOrder(parts: readonly WaitingPart[]): WaitingPart[] {
  const byNumber = new Map<number, WaitingPart>();
  const byTime = parts.toSorted(
    (a, b) => a.receivedAt.getTime() - b.receivedAt.getTime() || (a.receiptId < b.receiptId ? -1 : 1),
  );
  for (const part of byTime) if (!byNumber.has(part.number)) byNumber.set(part.number, part);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

export function isWhole(parts: readonly WaitingPart[]): boolean {
  const ordered = inOrder(parts);
  return ordered.length > 0 && ordered.length === ordered[0]?.total;
}

/** The decision that these parts are one text; null where there are none. */
export function joinOf(tenantId: string, key: string, parts: readonly WaitingPart[]): Join | null {
  const ordered = inOrder(parts);
  const [lead] = ordered;
  if (!lead) return null;
  return {
    tenantId,
    key,
    leadId: lead.receiptId,
    receiptIds: ordered.map(({ receiptId }) => receiptId),
    numbers: ordered.map(({ number }) => number),
  };
}

/** The text that the parts make, as an event of the lead: nothing is trimmed, and a gap is shown as one. */
export function joinedEvent(parts: readonly WaitingPart[]): InboundMessage | null {
  const ordered = inOrder(parts);
  const [lead] = ordered;
  if (!lead) return null;
  let text = '';
  let next = 1;
  for (const part of ordered) {
    text += (part.number > next ? GAP : '') + part.event.text;
    next = part.number + 1;
  }
  if (next <= lead.total) text += GAP;
  return {
    ...lead.event,
    text,
    media: ordered.flatMap(({ event }) => event.media),
    segments: ordered.length,
  };
}
