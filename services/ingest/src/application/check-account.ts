import {
  ANSWERED_BY,
  ANSWERS_SETTING,
  findAnyCarrier,
  pricesProblem,
  type Prices,
} from '@partyline/carriers';
import type { Refusal } from '@partyline/contracts';
import type { Result } from '@partyline/kernel';
import { invalid } from './refusal.js';

export interface AccountDraft {
  readonly carrier: string;
  readonly publicUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secretNames: readonly string[];
}

/** What is wrong with an account even while it is off; null when nothing is. */
export function checkBasics(
  draft: Omit<AccountDraft, 'secretNames'>,
  plainHttpAllowed: boolean,
): Result<never, Refusal> | null {
  const carrier = findAnyCarrier(draft.carrier);
  if (!carrier) return invalid('carrier', `There is no carrier "${draft.carrier}".`);
  const url = URL.canParse(draft.publicUrl) ? new URL(draft.publicUrl) : null;
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && plainHttpAllowed))) {
    return invalid(
      'publicUrl',
      'publicUrl must be the https URL that the carrier calls, exactly as it is set up there.',
    );
  }
  const rate = draft.settings['sendsPerSecond'];
  if (rate !== undefined && !(Number(rate) >= 0.01 && Number(rate) <= 10_000)) {
    return invalid(
      'settings',
      'settings.sendsPerSecond must be a number from 0.01 to 10000: how many texts a second the carrier lets this account send.',
    );
  }
  const answers = draft.settings[ANSWERS_SETTING];
  if (answers !== undefined && !ANSWERED_BY.some((who) => who === answers)) {
    return invalid(
      'settings',
      `settings.${ANSWERS_SETTING} must be carrier or partyline, or be left out: who answers STOP, START and HELP.`,
    );
  }
  return null;
}

/** What an Admin has to mend before webhooks and replies can work; null when nothing. */
export function checkFinished(draft: AccountDraft): Result<never, Refusal> | null {
  const problem = findAnyCarrier(draft.carrier)?.accountProblem(draft.settings, draft.secretNames) ?? null;
  return problem === null ? null : invalid('settings', `${problem}.`);
}

/** What is wrong with a price list; null when nothing. */
export function checkPrices(prices: Prices | null | undefined): Result<never, Refusal> | null {
  const problem = prices ? pricesProblem(prices) : null;
  return problem === null ? null : invalid('prices', `${problem}.`);
}
