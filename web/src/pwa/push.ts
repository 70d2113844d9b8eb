import { api } from '../api/client.js';

/** The subscription of this browser, if it has one. */
export async function subscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** Asks the person, subscribes the browser, and tells the server. Throws a DOMException when the person says no. */
export async function subscribe(vapidPublicKey: string): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  const made = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: vapidPublicKey,
  });
  const { endpoint, keys } = made.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) throw new DOMException('The browser made a subscription without keys');
  await api.me.addDevice({ endpoint, keys: { p256dh, auth } });
}

export async function unsubscribe(): Promise<void> {
  const current = await subscription();
  if (!current) return;
  await api.me.removeDevice(current.endpoint);
  await current.unsubscribe();
}

/** A press on a notification leads this window somewhere. Returns the way to stop. */
export function onPushOpened(go: (path: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const listener = (event: MessageEvent<{ type?: string; path?: string } | null>) => {
    if (event.data?.type === 'open' && event.data.path) go(event.data.path);
  };
  navigator.serviceWorker.addEventListener('message', listener);
  return () => navigator.serviceWorker.removeEventListener('message', listener);
}
