import type { Conversation as Shown } from '@partyline/contracts';
import type { Conversation } from './conversation-model.js';

/** What of a conversation the model speaks of. */
export const essence = ({
  status,
  owner,
  lastOwner,
  epoch,
  seq,
  lastInboundSeq,
  optedOut,
  snoozed,
  tags,
}: Shown) => ({
  status,
  owner: owner?.id ?? null,
  lastOwner: lastOwner?.id ?? null,
  epoch,
  seq,
  lastInboundSeq,
  optedOut,
  snoozed: Boolean(snoozed),
  tagged: tags !== undefined,
});

export const essenceOf = ({
  status,
  owner,
  lastOwner,
  epoch,
  seq,
  inboundSeq,
  optedOut,
  snoozed,
  tagged,
}: Conversation) => ({
  status,
  owner,
  lastOwner,
  epoch,
  seq,
  lastInboundSeq: inboundSeq,
  optedOut,
  snoozed,
  tagged,
});

export const agrees = (shown: Shown, state: Conversation): boolean =>
  JSON.stringify(essence(shown)) === JSON.stringify(essenceOf(state));
