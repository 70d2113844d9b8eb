import type { WebhookEvent } from '@partyline/contracts';

export interface EndpointSecret {
  readonly sealed: string;
  readonly goodUntil: Date | null;
  /** Which request made it, and when. Absent: from before that was kept. */
  readonly madeBy?: string;
  readonly madeAt?: Date;
}

/** Another system that is told what happens in the tenant's inboxes. */
export interface Endpoint {
  readonly tenantId: string;
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly WebhookEvent[];
  readonly active: boolean;
  readonly createdAt: Date;
  readonly failingSince: Date | null;
  readonly disabledBecause: string | null;
  /** The newest first. What is not good for ever was replaced. */
  readonly secrets: readonly EndpointSecret[];
}

export interface Try {
  readonly at: Date;
  readonly status: number | null;
  readonly error: string | null;
  /** Milliseconds. */
  readonly ms: number;
}

/** One event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly tenantId: string;
  readonly endpointId: string;
  readonly type: WebhookEvent;
  readonly body: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly createdAt: Date;
  readonly nextAt: Date;
  readonly attempts: number;
  readonly tries: readonly Try[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** After the first attempt, the second, …: about two days, as the Standard Webhooks specification asks for. */
const PAUSES = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR];
/** An endpoint at which nothing arrives for so long is turned off. */
const PATIENCE_MS = 72 * HOUR;
/** After a rotation both secrets are signed with for so long. */
export const ROTATION_MS = 24 * HOUR;

/** When to try again after so many attempts; null: never. */
export function nextTry(attempts: number, now: Date): Date | null {
  const pause = PAUSES[attempts - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause);
}

export const arrived = ({ status }: Pick<Try, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300;

/** Why an endpoint is turned off now; null: it stays. */
export function whyDisable(attempt: Pick<Try, 'status'>, failingSince: Date, now: Date): string | null {
  if (attempt.status === 410) return 'It answered 410 Gone: it wants no webhooks any more.';
  if (now.getTime() - failingSince.getTime() < PATIENCE_MS) return null;
  return 'Nothing has arrived there for three days.';
}

/** Long enough for whoever got no answer to ask again. */
const TOLD_AGAIN_MS = HOUR;

/** The secret that this request made, where it may be told once more; `gone` where it may not. null: it made none. */
export function toldAgain(
  { secrets }: Pick<Endpoint, 'secrets'>,
  madeBy: string,
  now: Date,
): { readonly sealed: string } | 'gone' | null {
  const made = secrets.find((secret) => secret.madeBy === madeBy);
  if (!made) return null;
  const isFresh = made.madeAt !== undefined && now.getTime() - made.madeAt.getTime() < TOLD_AGAIN_MS;
  return isFresh && made === secrets[0] ? { sealed: made.sealed } : 'gone';
}

/** Those that hold, the newest first: receivers accept either during a rotation. */
export const goodSecrets = ({ secrets }: Pick<Endpoint, 'secrets'>, now: Date): readonly string[] =>
  secrets.filter(({ goodUntil }) => goodUntil === null || goodUntil > now).map(({ sealed }) => sealed);

/** A new secret in front; the one before it holds on for a day, older ones end. */
export function rotated(
  { secrets }: Pick<Endpoint, 'secrets'>,
  made: { readonly sealed: string; readonly madeBy: string },
  now: Date,
): Endpoint['secrets'] {
  const goodUntil = new Date(now.getTime() + ROTATION_MS);
  return [
    { ...made, madeAt: now, goodUntil: null },
    ...secrets.slice(0, 1).map((old) => ({ ...old, goodUntil })),
  ];
}
