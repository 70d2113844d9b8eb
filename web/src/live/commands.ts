import { Refused, Unreachable, type Act } from '@partyline/client';
import type { Attachment, CommandAccepted, Person } from '@partyline/contracts';
import { api } from '../api/client.js';
import { randomId } from '../api/ids.js';
import { nextDelay } from './backoff.js';
import type { Outgoing, PendingKind } from './model.js';
import { addPending, dropPending, moveCursor, receiveConversation, receiveViews } from './state.js';
import { live } from './store.js';
import { addOutgoing, dropOutgoing } from './timelines.js';
import { inTurn } from './turns.js';

const actOf = (kind: PendingKind): Exclude<Act, 'reply' | 'note'> => (kind === 'claim' ? 'assign' : kind);
const TRIES = 3;

/**
 * A change of owner or status: shown at once, told to the server, taken back when it refuses. A connection that broke
 * is tried again with the same key, which can have no second effect. Throws Refused or Unreachable.
 */
export async function change(
  kind: PendingKind,
  conversationId: string,
  to: Person | null,
  until: string | null = null,
): Promise<void> {
  const seenSeq = live.get().timelines.get(conversationId)?.items.at(-1)?.seq;
  const id = randomId();
  live.update((state) =>
    addPending(state, { id, conversationId, kind, at: new Date().toISOString(), to, until }),
  );
  const command = (): Promise<CommandAccepted> => {
    const conversation = live.get().entities.get(conversationId)?.conversation;
    const body = {
      // A claim of what nobody has says no epoch: the first one wins, whatever else happened meanwhile.
      ...(conversation && (kind !== 'claim' || conversation.owner)
        ? { expectedEpoch: conversation.epoch }
        : {}),
      ...(to ? { userId: to.id } : {}),
      ...(kind === 'snooze' ? { until } : {}),
      ...((kind === 'done' || kind === 'snooze') && seenSeq !== undefined ? { seenSeq } : {}),
    };
    return persist(() => api.conversations.act(conversationId, actOf(kind), body, id));
  };
  try {
    const accepted = await inTurn(conversationId, command);
    live.update((state) => dropPending(receiveViews(state, [accepted.conversation]), id));
  } catch (error) {
    live.update((state) => dropPending(takeConflict(state, error), id));
    throw error;
  }
}

/** Sends a reply; it shows as on its way until the log has it. The text is the caller's to keep when this throws. */
export async function sendReply(
  conversationId: string,
  { text, media, claim }: { text: string; media: readonly Attachment[]; claim: boolean },
): Promise<void> {
  const seenSeq = live.get().timelines.get(conversationId)?.items.at(-1)?.seq;
  const ids = media.map(({ id }) => id);
  const clientMessageId = attemptKey('reply', conversationId, [text, ...ids].join('\n'));
  const outgoing: Outgoing = {
    clientMessageId,
    text,
    media,
    at: new Date().toISOString(),
    state: 'sending',
    reason: null,
  };
  live.update((state) => addOutgoing(state, conversationId, outgoing));
  const command = (): Promise<CommandAccepted> => {
    const epoch = live.get().entities.get(conversationId)?.conversation.epoch;
    const expected = claim || epoch === undefined ? {} : { expectedEpoch: epoch };
    const seen = seenSeq === undefined ? {} : { seenSeq };
    const body = { clientMessageId, text, media: ids, claim, ...expected, ...seen };
    return persist(() => api.conversations.act(conversationId, 'reply', body, clientMessageId));
  };
  try {
    const accepted = await inTurn(conversationId, command);
    live.update((state) =>
      moveCursor(receiveViews(state, [accepted.conversation]), conversationId, accepted.seq),
    );
    // The log's own line follows by the stream; until then this one stands in for it.
    attempts.delete(`reply ${conversationId}`);
  } catch (error) {
    if (!isTransient(error)) attempts.delete(`reply ${conversationId}`);
    live.update((state) => dropOutgoing(takeConflict(state, error), conversationId, clientMessageId));
    throw error;
  }
}

/** Puts tags on and takes tags off. It needs no epoch, and twice is as good as once. */
export async function changeTags(
  conversationId: string,
  change: { readonly add: readonly string[]; readonly remove: readonly string[] },
): Promise<void> {
  const key = randomId();
  const command = () =>
    persist(() =>
      api.conversations.act(
        conversationId,
        'tags',
        { add: [...change.add], remove: [...change.remove] },
        key,
      ),
    );
  const accepted = await inTurn(conversationId, command);
  live.update((state) => receiveViews(state, [accepted.conversation]));
}

export async function addNote(conversationId: string, text: string): Promise<void> {
  const key = attemptKey('note', conversationId, text);
  const accepted = await persist(() => api.conversations.act(conversationId, 'note', { text }, key));
  attempts.delete(`note ${conversationId}`);
  live.update((state) => receiveViews(state, [accepted.conversation]));
}

/** The same words tried again by hand after a broken connection keep their key, so that they cannot arrive twice. */
const attempts = new Map<string, { text: string; key: string }>();

function attemptKey(kind: 'reply' | 'note', conversationId: string, text: string): string {
  const scope = `${kind} ${conversationId}`;
  const known = attempts.get(scope);
  if (known?.text === text) return known.key;
  const key = randomId();
  attempts.set(scope, { text, key });
  return key;
}

async function persist(attempt: () => Promise<CommandAccepted>): Promise<CommandAccepted> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error) || tried === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, nextDelay(tried - 1, 0.5)));
    }
  }
}

function isTransient(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof Refused && (error.code === 'UNAVAILABLE' || error.code === 'OUTCOME_UNKNOWN');
}

/** A conflict carries the state now: it is news like any other. */
function takeConflict(state: ReturnType<typeof live.get>, error: unknown): ReturnType<typeof live.get> {
  const current = error instanceof Refused ? error.problem.conversation : undefined;
  return current ? receiveConversation(state, current) : state;
}
