import type { WelcomeMenu } from './directory.js';

/** What was decided for one text. The same text again (carriers and the bus repeat) is decided the same way. */
export interface Decided {
  readonly messageId: string;
  readonly optionKey: string | null;
  /** This text made the choice, so the customer left the menu with it. */
  readonly entered: boolean;
  /** This text was answered by the menu's greeting or the department's closed reply. */
  readonly replied: boolean;
}

/** What routing remembers of one customer's talk with one number. Written only where there is something to remember. */
export interface Dialogue {
  readonly menuId: string | null;
  /** The option chosen in that menu; null: none yet. */
  readonly optionKey: string | null;
  readonly lastTextAt: string | null;
  readonly greetedAt: string | null;
  readonly closedReplyAt: string | null;
  readonly recent: readonly Decided[];
}

export const NO_DIALOGUE: Dialogue = {
  menuId: null,
  optionKey: null,
  lastTextAt: null,
  greetedAt: null,
  closedReplyAt: null,
  recent: [],
};

/** One greeting in this time, so that two machines cannot talk to each other for ever. */
const GREETING_PAUSE_MS = 60_000;
/** One "we are closed" in this time, for the same reason. */
const CLOSED_REPLY_PAUSE_MS = 60 * 60_000;
const REMEMBERED = 20;

type Option = WelcomeMenu['options'][number];

/** " 1. " and "１" are "1"; "SALES!" is "sales". */
export function normalizeChoice(text: string): string {
  return text
    .normalize('NFKC')
    .trim()
    .replace(/[\s.,;:!?)\]]+$/u, '')
    .toLowerCase();
}

export function findOption(menu: WelcomeMenu, key: string | null): Option | null {
  return menu.options.find((option) => option.key === key) ?? null;
}

export function optionFor(menu: WelcomeMenu, text: string): Option | null {
  const said = normalizeChoice(text);
  return (
    menu.options.find((option) => normalizeChoice(option.key) === said) ??
    menu.options.find((option) => normalizeChoice(option.label) === said) ??
    null
  );
}

const pausedSince = (last: string | null, at: string, pauseMs: number): boolean =>
  last === null || Date.parse(at) - Date.parse(last) >= pauseMs;

export const mayGreet = (dialogue: Dialogue, at: string): boolean =>
  pausedSince(dialogue.greetedAt, at, GREETING_PAUSE_MS);

export const mayReplyClosed = (dialogue: Dialogue, at: string): boolean =>
  pausedSince(dialogue.closedReplyAt, at, CLOSED_REPLY_PAUSE_MS);

/** The option that a customer is in; null when they have not chosen, the choice is too old, or it is gone. */
export function currentOption(dialogue: Dialogue, menu: WelcomeMenu, at: string): Option | null {
  if (dialogue.menuId !== menu.id || dialogue.lastTextAt === null) return null;
  const silentMs = Date.parse(at) - Date.parse(dialogue.lastTextAt);
  return silentMs < menu.sessionMinutes * 60_000 ? findOption(menu, dialogue.optionKey) : null;
}

/** Remembers one more decision; the oldest are forgotten. */
export function remember(
  dialogue: Dialogue,
  decided: Decided,
  change: Partial<Omit<Dialogue, 'recent'>>,
): Dialogue {
  return { ...dialogue, ...change, recent: [...dialogue.recent, decided].slice(-REMEMBERED) };
}

/** The later of two moments, for texts that arrive out of order. */
export function later(a: string | null, b: string): string {
  return a !== null && Date.parse(a) > Date.parse(b) ? a : b;
}
