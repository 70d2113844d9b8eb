import type { Allowed, Permission } from '@partyline/contracts';

export type ComposerState =
  | { readonly kind: 'reply' }
  /** Writing takes the conversation: Assign & send. */
  | { readonly kind: 'claim' }
  | { readonly kind: 'blocked'; readonly reason: string; readonly canTake: boolean };

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
