import type { Account } from './account.js';

/** Secrets that webhooks are checked by, and that binds are made with: of these, carriers' adapters take a second value. */
const ROTATING = new Set([
  'authToken',
  'bindPassword',
  'signatureSecret',
  'signingKey',
  'signingSecret',
  'webhookSecret',
]);

export const rotates = (secret: string): boolean => ROTATING.has(secret);

/** The name under which the second value of a secret is kept, as the adapters of libs/carriers look it up. */
export const spareOf = (secret: string): string =>
  `previous${secret.charAt(0).toUpperCase()}${secret.slice(1)}`;

/** The sealed secrets that count at that moment. */
export function unexpired(account: Account, now: Date): Readonly<Record<string, string>> {
  const { sealed, expiries = {} } = account;
  return Object.fromEntries(
    Object.entries(sealed).filter(([name]) => {
      const until = expiries[name];
      return until === undefined || until > now;
    }),
  );
}

/** A record with one entry set, or taken out where the value is null. */
export function withEntry<T>(
  record: Readonly<Record<string, T>>,
  name: string,
  value: T | null,
): Record<string, T> {
  const rest = Object.entries(record).filter(([key]) => key !== name);
  return Object.fromEntries(value === null ? rest : [...rest, [name, value]]);
}

/** The moment at which each of these secrets was given. */
export const setNow = (secrets: Readonly<Record<string, string>>, now: Date): Record<string, Date> =>
  Object.fromEntries(Object.keys(secrets).map((name) => [name, now]));
