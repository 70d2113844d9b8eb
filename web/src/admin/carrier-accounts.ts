import type { CarrierAccountView, SendingHealth } from '@partyline/contracts';
import { moneyOf } from '../format/money.js';
import { ago } from '../format/time.js';

export const ACCOUNTS = ['admin', 'carrier-accounts'];
export const CARRIERS = ['admin', 'carriers'];

export interface AccountState {
  readonly word: string;
  readonly tone: 'good' | 'bad' | undefined;
  /** What to do, in words; null where nothing is to be done. */
  readonly why: string | null;
}

/** Of an account that has an alert, which says what to do. */
export const FAILING: AccountState = { word: 'Failing', tone: 'bad', why: null };

const DAY_MS = 86_400_000;

/** What an Admin has to know of an account at a glance. `now`: milliseconds. */
export function stateOf(
  account: Pick<CarrierAccountView, 'active' | 'lastWebhookAt' | 'counters' | 'bind'>,
  now: number,
): AccountState {
  if (account.bind) return boundState(account.active, account.bind);
  const { active, lastWebhookAt, counters } = account;
  if (!active) return { word: 'Off', tone: undefined, why: 'Webhooks are refused and nothing is sent.' };
  if (counters.received === 0 && counters.badSignatures > 0) {
    return {
      word: 'Failing',
      tone: 'bad',
      why: 'Every webhook had a signature that does not fit: check the secret.',
    };
  }
  if (lastWebhookAt === null) {
    return {
      word: 'Nothing came yet',
      tone: undefined,
      why: 'Give the address below to the carrier as its webhook.',
    };
  }
  if (now - Date.parse(lastWebhookAt) > DAY_MS)
    return { word: 'Quiet for a day', tone: undefined, why: null };
  return { word: 'On', tone: 'good', why: null };
}

/** Of a carrier that we connect to. */
function boundState(
  active: boolean,
  { bound, problem }: NonNullable<CarrierAccountView['bind']>,
): AccountState {
  if (!active) return { word: 'Off', tone: undefined, why: 'Nothing comes in and nothing is sent.' };
  if (bound) return { word: 'Bound', tone: 'good', why: null };
  return problem === null
    ? { word: 'Connecting', tone: undefined, why: null }
    : {
        word: 'Not bound',
        tone: 'bad',
        why: `No text can come in: ${problem}. It is tried again by itself.`,
      };
}

/** The name under which the second value of a secret is kept. */
export const spareOf = (name: string): string => `previous${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export const SENDING = [...ACCOUNTS, 'sending'];
export const ALERTS = [...ACCOUNTS, 'alerts'];
export const QUIET = ['admin', 'quiet-numbers'];

/** With fewer replies a share says nothing. */
const ENOUGH = 10;
const ALARMING = 0.2;
const MOST_REASONS = 2;

/** How sending went of late, in one line, and whether an Admin has to look. */
export function sendingOf(health: SendingHealth): { readonly line: string; readonly alarming: boolean } {
  const { waiting, sent, delivered, failed, unknown, reasons, estimatedCost = [] } = health;
  const gone = sent + delivered + failed + unknown;
  const share = gone === 0 ? 0 : failed / gone;
  const why = reasons
    .slice(0, MOST_REASONS)
    .map(({ errorClass, count }) => `${count} × ${errorClass?.replaceAll('_', ' ') ?? 'no reason given'}`)
    .join(', ');
  const parts = [
    `${gone.toLocaleString()} sent in 24 hours`,
    `${delivered.toLocaleString()} delivered`,
    ...(failed > 0 ? [`${failed.toLocaleString()} failed (${Math.round(share * 100)} %: ${why})`] : []),
    ...(unknown > 0 ? [`of ${unknown.toLocaleString()} nobody knows`] : []),
    ...estimatedCost.map(({ amount, currency }) => `about ${moneyOf(amount, currency)}`),
    ...(waiting > 0 ? [`${waiting.toLocaleString()} waiting`] : []),
  ];
  return { line: parts.join(' · '), alarming: gone >= ENOUGH && share >= ALARMING };
}

/** When it last sent, and what was refused: beside the last webhook, what an Admin looks at first. `now`: milliseconds. */
export function healthOf(
  { counters, bind }: Pick<CarrierAccountView, 'counters' | 'bind'>,
  sending: Pick<SendingHealth, 'lastSentAt'> | undefined,
  now: number,
): string {
  const { badSignatures, rejected } = counters;
  const lastSent = sending?.lastSentAt ?? null;
  return [
    lastSent === null ? 'nothing sent in 24 hours' : `last sent ${ago(lastSent, now)}`,
    // Over a bind nothing is signed.
    ...(bind
      ? []
      : [`${badSignatures.toLocaleString()} wrong ${badSignatures === 1 ? 'signature' : 'signatures'}`]),
    `${rejected.toLocaleString()} not understood`,
  ].join(' · ');
}
