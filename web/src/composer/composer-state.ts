import type { Allowed, Permission } from '@partyline/contracts';
import type { AttachedFile } from './attached-files.js';

export type ComposerState =
  | { readonly kind: 'reply' }
  /** Writing takes the conversation: Assign & send. */
  | { readonly kind: 'claim' }
  | { readonly kind: 'blocked'; readonly reason: string; readonly canTake: boolean };

/** Why the draft cannot be sent yet; null: it can. */
export function whyNotSent(text: string, files: readonly Pick<AttachedFile, 'state'>[]): string | null {
  if (files.some(({ state }) => state === 'failed')) {
    return 'A file could not be uploaded. Try it again or remove it.';
  }
  if (files.some(({ state }) => state === 'uploading')) return 'A file is still being uploaded.';
  return text.trim() === '' && files.length === 0 ? 'Write something first.' : null;
}

const OPTED_OUT = 'Replies are off while the customer is opted out.';

/** Whether one can write, and if not, why and what would help. */
export function composerStateOf(
  c: { readonly allowed: Allowed; readonly optedOut: boolean },
  permissions: readonly Permission[],
  mode: 'reply' | 'note',
): ComposerState {
  if (mode === 'note') {
    return c.allowed.note === true
      ? { kind: 'reply' }
      : { kind: 'blocked', reason: c.allowed.note ?? 'You cannot add notes here.', canTake: false };
  }
  if (c.allowed.reply === true) return { kind: 'reply' };
  if (c.allowed.claimAndReply === true) return { kind: 'claim' };
  return {
    kind: 'blocked',
    // To a customer who opted out nothing can be sent, whoever owns it: that reason goes before ownership.
    reason: c.optedOut ? OPTED_OUT : (c.allowed.reply ?? 'You cannot reply here now.'),
    // Taking it helps only where ownership is what is missing.
    canTake: c.allowed.assignToMe === true && permissions.includes('reply') && !c.optedOut,
  };
}
