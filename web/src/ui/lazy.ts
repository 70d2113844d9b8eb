import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

const loads: (() => Promise<unknown>)[] = [];

/** Comes after the first paint, since all overlays together weigh as much as the inbox itself, and before it is opened. */
export function preloaded<P>(load: Load<P>): LazyExoticComponent<ComponentType<P>> {
  loads.push(load);
  return lazy(load);
}

export const MenuPopover = preloaded(() => import('./menu.js'));
export const ModalDialog = preloaded(() => import('./modal.js'));

export function preloadOverlays(): void {
  const load = () => {
    for (const each of loads) {
      // When it fails now, opening the overlay tries again and tells.
      void each().catch(() => undefined);
    }
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(load, { timeout: 4000 });
  else setTimeout(load, 2000);
}
