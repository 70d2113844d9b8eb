import type { ReplyPrice } from '@partyline/contracts';
import { decimalOf, millionthsOf } from '@partyline/carriers/money';
import { moneyOf } from '../format/money.js';

/** The text that goes out: with links to the files, where the carrier takes none. */
export function sentText(text: string, files: number, price: ReplyPrice | undefined): string {
  const { linkLength } = price ?? {};
  if (linkLength === undefined || files === 0) return text;
  const links = Array.from({ length: files }, () => 'x'.repeat(linkLength));
  return [...(text === '' ? [] : [text]), ...links].join('\n');
}

/** What a draft would cost, in words; null where no price is known. */
export function costWords(
  { currency, sms, mms, linkLength }: ReplyPrice,
  draft: { readonly segments: number; readonly files: number },
): string | null {
  const isMms = draft.files > 0 && linkLength === undefined;
  const price = millionthsOf((isMms ? mms : sms) ?? '');
  if (currency === null || price === null) return null;
  const amount = decimalOf(isMms ? price : price * draft.segments);
  return `about ${moneyOf(amount, currency)}`;
}
