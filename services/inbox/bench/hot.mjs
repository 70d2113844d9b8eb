// @ts-check
// Where everybody is at once: one customer who does not stop, and fifty people who want the same conversations.
import { ClaimConversation, GetConversation, GetTimeline, ListConversations } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { percentile } from '../../../bench/load.mjs';
import { conversationOf, PEOPLE, VIEWER } from './company.mjs';

/**
 * `rate` texts a second from one contact to one number, whether or not the last ones have landed.
 * @param {import('./service.mjs').Inbox} inbox
 * @param {{ customer: number, rate: number, seconds: number }} options
 */
export async function hotConversation(inbox, { customer, rate, seconds }) {
  await inbox.text(customer);
  /** @type {Promise<number>[]} */
  const texts = [];
  const began = performance.now();
  while (texts.length < rate * seconds) {
    const due = Math.min(rate * seconds, Math.floor(((performance.now() - began) / 1000) * rate));
    while (texts.length < due) texts.push(inbox.text(customer));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const took = await Promise.all(texts);
  const { value } = await inbox.ask(GetConversation, VIEWER, { conversationId: conversationOf(customer) });
  /** @type {Set<number>} */
  const seqs = new Set();
  /** @type {number | undefined} */
  let before;
  do {
    const request = { conversationId: conversationOf(customer), limit: 200, ...(before ? { before } : {}) };
    const page = (await inbox.ask(GetTimeline, VIEWER, request)).value;
    for (const { seq } of page.items) seqs.add(seq);
    before = page.nextBefore ?? undefined;
  } while (before !== undefined);
  return {
    texts: took.length,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    slowest: Math.max(...took),
    'lost or double': value.seq - seqs.size + Math.abs(seqs.size - took.length - 1),
  };
}

/**
 * Everybody looks at the top of Unassigned and takes one of what they see, again and again.
 * @param {import('./service.mjs').Inbox} inbox
 * @param {{ seconds: number, top: number }} options
 */
export async function hotInbox(inbox, { seconds, top }) {
  const until = performance.now() + seconds * 1000;
  /** @type {number[]} */
  const claims = [];
  /** @type {number[]} */
  const lists = [];
  /** @type {Map<string, string[]>} */
  const winners = new Map();
  let lost = 0;
  await Promise.all(
    PEOPLE.map(async (person) => {
      while (performance.now() < until) {
        const asked = performance.now();
        const request = { inboxId: 'support', status: 'open', owner: 'unassigned', limit: top };
        const { items } = (await inbox.ask(ListConversations, person, request)).value;
        lists.push(performance.now() - asked);
        const conversationId = items[Math.floor(Math.random() * items.length)]?.id;
        if (conversationId === undefined) return;
        const began = performance.now();
        const answer = await inbox.ask(ClaimConversation, person, {
          conversationId,
          commandId: newId('key'),
        });
        claims.push(performance.now() - began);
        if (answer.ok) winners.set(conversationId, [...(winners.get(conversationId) ?? []), person]);
        else if (answer.error.code === 'ASSIGNED_TO_OTHER') lost += 1;
        else throw new Error(`${answer.error.code}: ${answer.error.message}`);
      }
    }),
  );
  return {
    claims: claims.length,
    won: winners.size,
    'came second': lost,
    'two owners': [...winners.values()].filter((people) => people.length > 1).length,
    'claim p50': percentile(claims, 0.5),
    'claim p99': percentile(claims, 0.99),
    'list p50': percentile(lists, 0.5),
    'list p99': percentile(lists, 0.99),
  };
}
