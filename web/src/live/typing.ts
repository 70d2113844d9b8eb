import type { LiveState } from './model.js';

/** The contract: forget a typing colleague after six seconds. */
export const TYPING_MS = 6000;

export function colleagueTypes(
  state: LiveState,
  conversationId: string,
  user: { id: string; name: string },
  typing: boolean,
  now: number,
): LiveState {
  if (user.id === state.viewer?.id) return state;
  const others = (state.typing.get(conversationId) ?? []).filter(
    (each) => each.id !== user.id && each.until > now,
  );
  const list = typing ? [...others, { ...user, until: now + TYPING_MS }] : others;
  return { ...state, typing: new Map(state.typing).set(conversationId, list) };
}

export function forgetTyping(state: LiveState, now: number): LiveState {
  let changed = false;
  const typing = new Map(
    [...state.typing].map(([id, list]) => {
      const left = list.filter((each) => each.until > now);
      if (left.length === list.length) return [id, list] as const;
      changed = true;
      return [id, left] as const;
    }),
  );
  return changed ? { ...state, typing } : state;
}
