import { useSyncExternalStore } from 'react';

function mediaHook(text: string): () => boolean {
  const query = matchMedia(text);
  const subscribe = (listener: () => void) => {
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  };
  return () => useSyncExternalStore(subscribe, () => query.matches);
}

/** The list and the thread take turns on the screen; the same width as in the style sheets. */
export const useIsPhone = mediaHook('(max-width: 720px)');
/** There is room for the details beside the thread; below it they lie over it. */
export const useIsWide = mediaHook('(min-width: 1241px)');
