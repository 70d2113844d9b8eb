import type { ReplyPrice } from '@partyline/contracts';
import { decimalOf, millionthsOf } from '@partyline/carriers/money';
import { moneyOf } from '../format/money.js';

/** What a draft would cost, in words; null where no price is known. */
export function costWords(
  { currency, sms, mms }: ReplyPrice,
  draft: { readonly segments: number; readonly withFiles: boolean },
): string | null {
  const price = millionthsOf((draft.withFiles ? mms : sms) ?? '');
  if (currency === null || price === null) return null;
  const amount = decimalOf(draft.withFiles ? price : price * draft.segments);
  return `about ${moneyOf(amount, currency)}`;
}
