/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { url: string; revision: string | null }[];
};

/**
 * Keeps the shell of the app for starting without a network, and shows pushed notifications. Data is never kept here:
 * the inbox is always the server's word.
 */
const PREFIX = 'partyline-shell-';
const manifest = self.__WB_MANIFEST;
const release = hashOf(manifest.map((entry) => `${entry.url}@${entry.revision ?? ''}`).join());
const CACHE = `${PREFIX}${Date.now().toString(36)}-${release}`;
/** A page of the last release may still ask for its own hashed files. */
const KEPT_RELEASES = 2;

function hashOf(text: string): string {
  let hash = 5381;
  for (let index = 0; index < text.length; index++)
    hash = ((hash << 5) + hash + text.charCodeAt(index)) >>> 0;
  return hash.toString(36);
}

const shellCaches = async (): Promise<string[]> =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX)).sort();

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const known = (await shellCaches()).find((name) => name.endsWith(`-${release}`));
      const cache = await caches.open(known ?? CACHE);
      await cache.addAll(manifest.map((entry) => new Request(`/${entry.url}`, { cache: 'reload' })));
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await shellCaches();
      await Promise.all(names.slice(0, -KEPT_RELEASES).map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | null)?.type === 'take-over') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (/^\/(api|docs|openapi\.json|health|metrics|simulator\/api)/.test(url.pathname)) return;
    event.respondWith(fetch(request).catch(() => fromCaches('/index.html')));
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(fromCaches(url.pathname));
  }
});

async function fromCaches(path: string): Promise<Response> {
  for (const name of (await shellCaches()).reverse()) {
    const hit = await (await caches.open(name)).match(path);
    if (hit) return hit;
  }
  return fetch(path);
}

/** What the notify service pushes. `url`: where a press on it leads; `tag`: it replaces what has the same one. */
interface Pushed {
  readonly title?: string;
  readonly body?: string;
  readonly url?: string;
  readonly tag?: string;
}

self.addEventListener('push', (event) => {
  event.waitUntil(showPush(readPush(event)));
});

function readPush(event: PushEvent): Pushed {
  try {
    return (event.data?.json() as Pushed | undefined) ?? {};
  } catch {
    return {};
  }
}

/** A path of this app, whatever was pushed. */
function pathOf({ url }: Pushed): string {
  const target = new URL(url ?? '/inboxes', self.location.origin);
  return target.origin === self.location.origin ? `${target.pathname}${target.search}` : '/inboxes';
}

async function showPush(pushed: Pushed): Promise<void> {
  const path = pathOf(pushed);
  const last = path.split('/').at(-1) ?? '';
  const windows = await self.clients.matchAll({ type: 'window' });
  // Who looks at the conversation sees the text itself.
  const looks = windows.some(
    (client) =>
      client.focused && client.visibilityState === 'visible' && last !== '' && client.url.includes(last),
  );
  if (looks && path !== '/inboxes') return;
  await self.registration.showNotification(pushed.title ?? 'Partyline', {
    body: pushed.body ?? 'Something new waits in your inboxes.',
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { path },
    ...(pushed.tag === undefined ? {} : { tag: pushed.tag }),
  });
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { path } = event.notification.data as { path: string };
  event.waitUntil(
    (async () => {
      const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const reusable = windows.find((client) => !new URL(client.url).pathname.startsWith('/simulator'));
      if (!reusable) return void (await self.clients.openWindow(path));
      await reusable.focus();
      reusable.postMessage({ type: 'open', path });
    })(),
  );
});
export {};
