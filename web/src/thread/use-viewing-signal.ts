import { useEffect } from 'react';
import { api } from '../api/client.js';

/** Colleagues forget a signal after 30 s: one that is lost, or comes late, must not make anybody vanish. */
const REPEAT_MS = 10_000;

/** Tells colleagues that one looks at a conversation, as long as its window is in sight. */
export function useViewingSignal(conversationId: string): void {
  useEffect(() => {
    let told = false;
    // Nothing depends on it: a lost signal is worth no word.
    const tell = (viewing: boolean) => {
      if (!viewing && !told) return;
      told = viewing;
      void api.conversations.viewing(conversationId, viewing).catch(() => undefined);
    };
    const check = () => tell(document.visibilityState === 'visible');
    const leave = () => tell(false);
    check();
    const timer = setInterval(check, REPEAT_MS);
    document.addEventListener('visibilitychange', check);
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [conversationId]);
}
