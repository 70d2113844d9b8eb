// @ts-check
// What people wait for, one request at a time.
import {
  ClaimConversation,
  GetConversation,
  GetTimeline,
  ListConversations,
  ListInboxes,
  ListInboxMembers,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { percentile } from '../../../bench/load.mjs';
import { conversationOf, INBOXES, kindOf, VIEWER } from './company.mjs';

const WARM_UP = 30;

/** @typedef {{ p50: number, p99: number }} Latency */
/** @typedef {{ size: number, inbox: import('./service.mjs').Inbox }} Side */

/**
 * All sizes in turn, request by request: whatever else the machine does, it does to all of them.
 * @param {readonly Side[]} sides
 * @param {number} times
 * @param {(side: Side, n: number) => Promise<number | void>} act may say by itself how long it took
 * @returns {Promise<Map<number, Latency>>} by size
 */
async function clock(sides, times, act) {
  /** @type {Map<number, number[]>} */
  const took = new Map(sides.map(({ size }) => [size, []]));
  for (let n = 0; n < WARM_UP + times; n += 1) {
    for (const side of sides) {
      const began = performance.now();
      const own = await act(side, n);
      if (n >= WARM_UP) took.get(side.size)?.push(own ?? performance.now() - began);
    }
  }
  return new Map(
    [...took].map(([size, values]) => [
      size,
      { p50: percentile(values, 0.5), p99: percentile(values, 0.99) },
    ]),
  );
}

/** @param {any} answer */
function value(answer) {
  if (answer.ok !== true) throw new Error(`refused: ${answer.error?.code} ${answer.error?.message}`);
  return answer.value;
}

const inboxAt = (/** @type {number} */ n) => INBOXES[n % INBOXES.length] ?? 'support';

/** Spread over all conversations, and each but once. @param {number} size @param {number} n */
const pick = (size, n) => Math.floor((n * size * 0.618_034) % size);

/** The unassigned ones, spread, and each but once. @param {number} size */
function claimable(size) {
  const unassigned = Array.from({ length: size }, (_, i) => i).filter((i) => kindOf(i) === 'unassigned');
  return unassigned.toSorted(() => Math.random() - 0.5);
}

/**
 * @param {readonly Side[]} sides
 * @param {number} times
 * @returns {Promise<Record<string, Map<number, Latency>>>}
 */
export async function measure(sides, times) {
  const list = (/** @type {Record<string, unknown>} */ section) =>
    clock(sides, times, async ({ inbox }, n) => {
      const request = { inboxId: inboxAt(n), limit: 50, ...section };
      value(await inbox.ask(ListConversations, VIEWER, request));
    });
  const unassigned = new Map(sides.map(({ size }) => [size, claimable(size)]));
  // The smallest size does not hold more.
  const claims = Math.min(times, ...[...unassigned.values()].map(({ length }) => length - WARM_UP));
  return {
    'list: Unassigned': await list({ status: 'open', owner: 'unassigned' }),
    'list: Assigned to Me': await list({ status: 'open', owner: 'me' }),
    'list: others’': await list({ status: 'open', owner: 'others' }),
    'list: all open': await list({ status: 'open', owner: 'any' }),
    'list: Done': await list({ status: 'done', owner: 'any' }),
    'inboxes with counts': await clock(sides, times, async ({ inbox }) => {
      value(await inbox.ask(ListInboxes, VIEWER, {}));
    }),
    'people with their loads': await clock(sides, times, async ({ inbox }, n) => {
      value(await inbox.ask(ListInboxMembers, VIEWER, { inboxId: inboxAt(n) }));
    }),
    'open a conversation': await clock(sides, times, async ({ inbox, size }, n) => {
      const conversationId = conversationOf(pick(size, n));
      const [conversation, timeline] = await Promise.all([
        inbox.ask(GetConversation, VIEWER, { conversationId }),
        inbox.ask(GetTimeline, VIEWER, { conversationId, limit: 50 }),
      ]);
      value(conversation);
      value(timeline);
    }),
    claim: await clock(sides, claims, async ({ inbox, size }, n) => {
      const i = unassigned.get(size)?.[n] ?? 0;
      const request = { conversationId: conversationOf(i), commandId: newId('key') };
      value(await inbox.ask(ClaimConversation, VIEWER, request));
    }),
    inbound: await clock(sides, times, ({ inbox, size }, n) => inbox.text(pick(size, n))),
    'inbound, new contact': await clock(sides, times, ({ inbox, size }, n) => inbox.text(size + n)),
  };
}
