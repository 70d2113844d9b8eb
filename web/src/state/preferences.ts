import { readStored, writeStored } from './storage.js';
import { ValueStore, useSelected } from './value-store.js';

export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  /** Enter sends (Shift+Enter breaks the line) instead of Ctrl+Enter. */
  readonly enterSends: boolean;
  /** Single-key shortcuts; WCAG 2.1.4 asks for a way to switch them off. */
  readonly shortcuts: boolean;
  readonly sidePanel: boolean;
  readonly othersOpen: boolean;
  readonly lastInbox: string | null;
}
const DEFAULTS: Preferences = {
  theme: 'system',
  enterSends: false,
  shortcuts: true,
  sidePanel: true,
  othersOpen: false,
  lastInbox: null,
};
const KEY = 'partyline.preferences';
/** Read by /theme.js before anything else. */
const THEME_KEY = 'partyline.theme';

function stored(): Preferences {
  try {
    const value: unknown = JSON.parse(readStored(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? { ...DEFAULTS, ...value } : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

const store = new ValueStore<Preferences>(stored());

export const preferences = {
  get: store.get,
  set(change: Partial<Preferences>): void {
    const next = { ...store.get(), ...change };
    store.set(next);
    writeStored(KEY, JSON.stringify(next));
    if (change.theme) applyTheme(change.theme);
  },
};

export function usePreference<K extends keyof Preferences>(name: K): Preferences[K] {
  return useSelected(store, (value) => value[name]);
}

function applyTheme(theme: Preferences['theme']): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  writeStored(THEME_KEY, theme === 'system' ? null : theme);
}
