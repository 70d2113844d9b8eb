/** Listeners for single keys; the one that came last is asked first, and true means that it acted. */
type Listener = (key: string) => boolean;
const listeners: Listener[] = [];

export function onShortcut(listener: Listener): () => void {
  listeners.push(listener);
  return () => {
    listeners.splice(listeners.indexOf(listener), 1);
  };
}

export function tellShortcut(key: string): boolean {
  return listeners.toReversed().some((listener) => listener(key));
}
