import type { LiveState, Presences } from './model.js';

/** The contract: how long a sign lasts that is not repeated, milliseconds. */
export const LASTS_MS = { typing: 6000, viewing: 30_000 } as const;

export function colleagueIs(
  state: LiveState,
  kind: 'typing' | 'viewing',
  conversationId: string,
  user: { id: string; name: string },
  on: boolean,
  now: number,
): LiveState {
  if (user.id === state.viewer?.id) return state;
  const known = state[kind].get(conversationId) ?? [];
  const until = now + LASTS_MS[kind];
  const again = known.some((each) => each.id === user.id);
  const list = again
    ? known.flatMap((each) => (each.id === user.id ? (on ? [{ ...user, until }] : []) : [each]))
    : on
      ? [...known, { ...user, until }]
      : known;
  return { ...state, [kind]: new Map(state[kind]).set(conversationId, list) };
}

/** Whoever has not been heard of for too long is gone. */
export function forgetAbsent(state: LiveState, now: number): LiveState {
  const typing = present(state.typing, now);
  const viewing = present(state.viewing, now);
  return typing === state.typing && viewing === state.viewing ? state : { ...state, typing, viewing };
}

function present(presences: Presences, now: number): Presences {
  if (![...presences.values()].some((list) => list.length === 0 || list.some(({ until }) => until <= now)))
    return presences;
  const left = [...presences].map(([id, list]) => [id, list.filter(({ until }) => until > now)] as const);
  return new Map(left.filter(([, list]) => list.length > 0));
}
