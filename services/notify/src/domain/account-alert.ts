import type { AccountTrouble } from '@partyline/contracts';

type Kind = AccountTrouble['kind'];

const HOUR_MS = 3_600_000;
/** Anybody can have webhooks refused as often as they like, so nothing that they bring about is told any sooner again. */
const PAUSE_MS: Readonly<Record<Kind, number>> = {
  every_webhook_refused: 4 * HOUR_MS,
  webhooks_refused: 24 * HOUR_MS,
  replies_refused: 4 * HOUR_MS,
  replies_waiting: 4 * HOUR_MS,
  replies_failing: 4 * HOUR_MS,
};
/** How far back one has to know what was told. */
export const LONGEST_PAUSE_MS = 24 * HOUR_MS;

export interface Telling {
  readonly kind: Kind;
  readonly at: Date;
}

/** What is known of one side of an account, what arrives or what is sent. */
export interface Seen {
  readonly trouble: AccountTrouble | null;
  /** When it last worked, as far as that is known. */
  readonly worksAt: Date | null;
}

/** One bad time of one side of an account, and what was told of it. */
export interface BadTime {
  readonly trouble: AccountTrouble;
  readonly told: readonly Telling[];
}

/** `tell`: of the trouble. `recovered`: tell that it is over, and end it. `end`: without a word. */
export type Step = 'tell' | 'recovered' | 'end' | 'nothing';

/**
 * Each kind of trouble is told once in a bad time, which lasts until it is seen to work again, and again only after the
 * kind's pause. `before`: what was told of earlier bad times.
 */
export function nextStep(bad: BadTime | null, before: readonly Telling[], seen: Seen, now: Date): Step {
  if (!bad) return 'nothing';
  if (seen.trouble) {
    const { kind } = seen.trouble;
    if (bad.told.some((telling) => telling.kind === kind)) return 'nothing';
    const tooSoon = now.getTime() - PAUSE_MS[kind];
    return before.some((telling) => telling.kind === kind && telling.at.getTime() > tooSoon)
      ? 'nothing'
      : 'tell';
  }
  if (bad.told.every(({ kind }) => kind === 'webhooks_refused')) return 'end';
  return seen.worksAt !== null && seen.worksAt > brokenAt(bad) ? 'recovered' : 'nothing';
}

/** What waited and then went out shows that it works; else only what came after the last telling does. */
function brokenAt({ trouble, told }: BadTime): Date {
  if (told.every(({ kind }) => kind === 'replies_waiting')) return new Date(Date.parse(trouble.since) - 1);
  return new Date(Math.max(...told.map(({ at }) => at.getTime())));
}
