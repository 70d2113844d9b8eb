import { useCallback, useEffect, useRef } from 'react';
import { api } from '../api/client.js';

/** Colleagues forget a signal after 6 s: it is repeated before, while the typing goes on. */
const REPEAT_MS = 4000;

/** Tells colleagues that one types here, and that one stopped. */
export function useTypingSignal(conversationId: string): (typing: boolean) => void {
  const last = useRef(0);
  const signal = useCallback(
    (typing: boolean) => {
      const now = Date.now();
      if (typing ? now - last.current < REPEAT_MS : last.current === 0) return;
      last.current = typing ? now : 0;
      // Nothing depends on it: a lost signal is worth no word.
      void api.conversations.typing(conversationId, typing).catch(() => undefined);
    },
    [conversationId],
  );
  useEffect(() => () => signal(false), [signal]);
  return signal;
}
