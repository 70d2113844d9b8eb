import type {
  assignBody,
  Attachment,
  BulkAnswer,
  bulkBody,
  CommandAccepted,
  ConversationView,
  doneBody,
  noteBody,
  reopenBody,
  replyBody,
  ReplyPrice,
  returnBody,
  snoozeBody,
  tagBody,
  TimelineItem,
  transferBody,
  wakeBody,
} from '@partyline/contracts';
import type { z } from 'zod';
import { path, query } from './path.js';
import type { Call } from './request.js';

interface Bodies {
  readonly assign: typeof assignBody;
  readonly transfer: typeof transferBody;
  readonly return: typeof returnBody;
  readonly done: typeof doneBody;
  readonly reopen: typeof reopenBody;
  readonly snooze: typeof snoozeBody;
  readonly wake: typeof wakeBody;
  readonly reply: typeof replyBody;
  readonly note: typeof noteBody;
  readonly tags: typeof tagBody;
}
export type Act = keyof Bodies;
export type ActBody<A extends Act> = z.input<Bodies[A]>;
/** What can be done to one conversation. */
export const ACTS = [
  'assign',
  'transfer',
  'return',
  'done',
  'reopen',
  'snooze',
  'wake',
  'reply',
  'note',
  'tags',
] as const satisfies readonly Act[];

export interface TimelinePage {
  readonly items: readonly TimelineItem[];
  readonly nextBefore: number | null;
}

export const conversationsCalls = (call: Call, url: string) => ({
  get: (id: string) => call<ConversationView>('GET', path`/conversations/${id}`),
  /** For those who may reply: what each segment, and a reply with files, costs. */
  price: (id: string) => call<ReplyPrice>('GET', path`/conversations/${id}/price`),
  /** Newest last; `before`: older than this seq. */
  timeline: (id: string, page: { before?: number | null; limit?: number } = {}) =>
    call<TimelinePage>('GET', path`/conversations/${id}/timeline` + query({ ...page })),
  act: <A extends Act>(id: string, act: A, body: ActBody<A>, key?: string) =>
    call<CommandAccepted>('POST', path`/conversations/${id}/${act}`, { body, key }),
  bulk: (body: z.input<typeof bulkBody>, key?: string) =>
    call<BulkAnswer>('POST', '/conversations/bulk', { body, key }),
  read: (id: string, seq: number) =>
    call<{ cursor: number; unread: number }>('POST', path`/conversations/${id}/read`, { body: { seq } }),
  typing: (id: string, typing: boolean) =>
    call<null>('POST', path`/conversations/${id}/typing`, { body: { typing } }),
  /** That one looks no more is sent even while the page goes away. */
  viewing: (id: string, viewing: boolean) =>
    call<null>('POST', path`/conversations/${id}/viewing`, { body: { viewing }, keepalive: !viewing }),
  /** For the `media` of a reply, within a day. */
  attach: (id: string, file: Blob) =>
    call<Attachment>('POST', path`/conversations/${id}/attachments`, { file }),
  mediaUrl: (id: string, mediaId: string, size: 'small' | 'full' = 'full') =>
    url + path`/conversations/${id}/media/${mediaId}` + query(size === 'small' ? { size } : {}),
});
