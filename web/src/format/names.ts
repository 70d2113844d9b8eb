import type { Conversation } from '@partyline/contracts';
import { formatPhone } from './phone.js';

/** Who the customer is: the name where one is known, else the number. */
export function contactTitle(c: Pick<Conversation, 'contactName' | 'peers'>): string {
  return c.contactName ?? c.peers.map(formatPhone).join(', ');
}

/** `Ada Lovelace` is `AL`. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return ((Array.from(first)[0] ?? '?') + (Array.from(last)[0] ?? '')).toUpperCase();
}

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** Counts stop at 100 on the server. */
export const shownCount = (count: number): string => (count > 99 ? '99+' : String(count));

/** A stable hue (0-359) for the avatar of a name. */
export function hueOf(text: string): number {
  let hash = 7;
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % 360;
}
