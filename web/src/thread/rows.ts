import type { Attachment, DeliveryStatus, TimelineItem } from '@partyline/contracts';
import type { Outgoing, Timeline } from '../live/model.js';

export interface MessageStatus {
  readonly status: DeliveryStatus | 'sending';
  readonly errorClass: string | null;
  readonly rawCode: string | null;
  readonly description: string | null;
}
export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly side: 'in' | 'out';
  readonly sender: { readonly id: string; readonly name: string } | null;
  readonly auto: boolean;
  readonly at: string;
  readonly seq: number;
  readonly text: string;
  readonly media: readonly Attachment[];
  readonly status: MessageStatus | null;
  /** First and last of what one sender wrote in one go. */
  readonly first: boolean;
  readonly last: boolean;
}
export interface NoteRow {
  readonly kind: 'note';
  readonly key: string;
  readonly author: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly text: string;
}
export type ThreadRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'event'; readonly key: string; readonly at: string; readonly text: string }
  | NoteRow
  | MessageRow;

interface Words {
  readonly event: (item: TimelineItem) => string | null;
  readonly sameDay: (a: string, b: string) => boolean;
}

/** Messages of one sender within this time belong together. */
const TOGETHER_MS = 5 * 60_000;

/**
 * The thread as rows, oldest first. `unreadAfter`: the viewer's cursor when they opened it; the divider goes before
 * the first text of the customer behind it.
 */
export function threadRows(
  timeline: Timeline,
  unreadAfter: number | null,
  words: Words,
): readonly ThreadRow[] {
  const statuses = statusesOf(timeline.items);
  const rows: ThreadRow[] = [];
  let day: string | null = null;
  let divided = unreadAfter === null;
  for (const item of timeline.items) {
    const row = rowOf(item, statuses, words);
    if (!row) continue;
    if (day === null || !words.sameDay(day, row.at))
      rows.push({ kind: 'day', key: `day ${row.key}`, at: row.at });
    day = row.at;
    if (!divided && item.type === 'message.received' && item.seq > (unreadAfter ?? 0)) {
      rows.push({ kind: 'unread', key: 'unread' });
      divided = true;
    }
    rows.push(row);
  }
  for (const outgoing of timeline.outgoing) {
    if (day === null || !words.sameDay(day, outgoing.at)) {
      rows.push({ kind: 'day', key: `day ${outgoing.clientMessageId}`, at: outgoing.at });
      day = outgoing.at;
    }
    rows.push(outgoingRow(outgoing));
  }
  return group(rows);
}

type Dated = Exclude<ThreadRow, { kind: 'unread' }>;

function rowOf(item: TimelineItem, statuses: ReadonlyMap<string, MessageStatus>, words: Words): Dated | null {
  switch (item.type) {
    case 'message.received':
      return {
        kind: 'message',
        key: item.id,
        side: 'in',
        sender: null,
        auto: false,
        at: item.at,
        seq: item.seq,
        text: item.data.text,
        media: item.data.media,
        status: null,
        first: true,
        last: true,
      };
    case 'message.queued':
      return {
        kind: 'message',
        // The same key as while it was under way, so that the bubble stays where it is.
        key: item.data.clientMessageId || item.id,
        side: 'out',
        sender: item.actor.kind === 'user' ? { id: item.actor.id, name: item.actor.name ?? '' } : null,
        auto: item.data.origin === 'auto',
        at: item.at,
        seq: item.seq,
        text: item.data.text,
        media: item.data.media,
        status: statuses.get(item.data.messageId) ?? QUEUED,
        first: true,
        last: true,
      };
    case 'note.added':
      return {
        kind: 'note',
        key: item.id,
        author: { id: item.actor.id, name: item.actor.name ?? '' },
        at: item.at,
        text: item.data.text,
      };
    case 'message.status':
      return null;
    default: {
      const text = words.event(item);
      return text === null ? null : { kind: 'event', key: item.id, at: item.at, text };
    }
  }
}

const QUEUED: MessageStatus = { status: 'queued', errorClass: null, rawCode: null, description: null };

function statusesOf(items: readonly TimelineItem[]): ReadonlyMap<string, MessageStatus> {
  const statuses = new Map<string, MessageStatus>();
  for (const item of items) {
    if (item.type !== 'message.status') continue;
    const { messageId, status, errorClass, rawCode, description } = item.data;
    statuses.set(messageId, { status, errorClass, rawCode, description });
  }
  return statuses;
}

function outgoingRow(outgoing: Outgoing): MessageRow {
  return {
    kind: 'message',
    key: outgoing.clientMessageId,
    side: 'out',
    sender: null,
    auto: false,
    at: outgoing.at,
    seq: Number.MAX_SAFE_INTEGER,
    text: outgoing.text,
    media: outgoing.media,
    status: { ...QUEUED, status: 'sending' },
    first: true,
    last: true,
  };
}

function group(rows: readonly ThreadRow[]): readonly ThreadRow[] {
  return rows.map((row, index) => {
    if (row.kind !== 'message') return row;
    return { ...row, first: !together(rows[index - 1], row), last: !together(row, rows[index + 1]) };
  });
}

function together(a: ThreadRow | undefined, b: ThreadRow | undefined): boolean {
  return (
    a?.kind === 'message' &&
    b?.kind === 'message' &&
    a.side === b.side &&
    a.auto === b.auto &&
    // What is under way has no sender yet: it is the viewer's own.
    (a.sender?.id === b.sender?.id || b.status?.status === 'sending') &&
    Date.parse(b.at) - Date.parse(a.at) < TOGETHER_MS
  );
}
