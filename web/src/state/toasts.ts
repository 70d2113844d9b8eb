import { ValueStore } from './value-store.js';

export interface ToastAction {
  readonly label: string;
  readonly act: () => void;
}
export interface Toast {
  /** It stays until it is answered. */
  readonly sticky: boolean;
  readonly id: number;
  readonly kind: 'info' | 'conflict' | 'error' | 'success';
  readonly text: string;
  readonly actions: readonly ToastAction[];
}
const MOST = 3;
/** Long enough to read and to reach a button (WCAG 2.2.1); conflicts stay twice as long. */
const STAY_MS = 7000;

export const toasts = new ValueStore<readonly Toast[]>([]);
let nextId = 1;

export function toast(
  kind: Toast['kind'],
  text: string,
  actions: readonly ToastAction[] = [],
  sticky = false,
): number {
  const id = nextId++;
  toasts.set([...toasts.get(), { id, kind, text, actions, sticky }].slice(-MOST));
  if (!sticky) {
    setTimeout(() => dismissToast(id), kind === 'info' || kind === 'success' ? STAY_MS : STAY_MS * 2);
  }
  return id;
}

export function dismissToast(id: number): void {
  const left = toasts.get().filter((each) => each.id !== id);
  if (left.length !== toasts.get().length) toasts.set(left);
}
