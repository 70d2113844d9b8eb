import { describe, expect, it } from '@jest/globals';
import { ACCOUNT_TROUBLES, type AccountTrouble } from '@partyline/contracts';
import { recoveredWords, troubleWords } from './account-words.js';

const NOW = new Date('2026-11-30T12:00:00Z');
const trouble = (change: Partial<AccountTrouble>): AccountTrouble => ({
  kind: 'every_webhook_refused',
  since: '2026-11-30T11:40:00.000Z',
  count: 12,
  of: 30,
  reason: null,
  ...change,
});

describe('what Admins read of a carrier account', () => {
  it.each<[Partial<AccountTrouble>, RegExp]>([
    [
      {},
      /^Every webhook to Main is refused: None of the last 12 .* Admin > Carriers > Secrets.* somebody else/,
    ],
    [
      { kind: 'webhooks_refused' },
      /^Some webhooks to Main are refused: 12 of 30 in the last hour .* somebody else .* Refused webhooks/,
    ],
    [
      { kind: 'replies_refused', reason: 'credentials' },
      /^The carrier refuses replies through Main: 12 of 30 in the last hour, because of its credentials\. Check/,
    ],
    [{ kind: 'replies_refused', reason: 'unregistered' }, /not registered .* Register it/],
    [{ kind: 'replies_refused', reason: 'price' }, /because of the price\. Look at the balance/],
    [
      { kind: 'replies_waiting', count: 1 },
      /do not go out: One waits, the first for 20 minutes: .* by themselves/,
    ],
    [
      { kind: 'replies_failing', reason: 'spam_filtered' },
      /fail: 12 of 30 .* most of them as "spam filtered"\./,
    ],
    [{ kind: 'replies_failing' }, /without a reason\. Look at it under Admin > Carriers/],
  ])('%j', (change, words) => {
    const { title, body } = troubleWords('Main', trouble(change), NOW);
    expect(`${title}: ${body}`).toMatch(words);
  });

  it.each(ACCOUNT_TROUBLES)('names what works again after %s', (kind) => {
    const what = kind.includes('webhook') ? /^Webhooks to Main are taken/ : /^Replies through Main go out/;
    expect(recoveredWords('Main', kind).title).toMatch(what);
  });
});
