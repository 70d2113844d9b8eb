import { toast } from '../state/toasts.js';

/** Installs the service worker of the build and asks before a newer release takes over. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  addEventListener('load', () => {
    void navigator.serviceWorker
      .register('/service-worker.js', { scope: '/' })
      .then(watch)
      .catch(() => undefined);
  });
  let reloading = false;
  const controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of a first visit takes over without anything to reload for.
    if (!controlled || reloading) return;
    reloading = true;
    location.reload();
  });
}

function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    const waiting = registration.waiting;
    if (!waiting || !navigator.serviceWorker.controller) return;
    toast(
      'info',
      'A new version of Partyline is ready.',
      [{ label: 'Reload', act: () => waiting.postMessage({ type: 'take-over' }) }],
      true,
    );
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void registration.update().catch(() => undefined);
  });
}
