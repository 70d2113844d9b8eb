// @ts-check
// What must be true in the end, of what was promised to those outside: pure, so that each check is tested by itself.

/** @typedef {import('./load.mjs').Accepted} Accepted */
/** @typedef {import('./load.mjs').Told} Told */
/** @typedef {{ seq: number, type: string, actor: { kind: string, id: string }, data: any }} Item an event in a thread */
/**
 * @typedef {object} Thread a conversation as the API shows it
 * @property {string} id
 * @property {string} number
 * @property {string[]} peers
 * @property {number} seq that lists show
 * @property {Item[]} items
 */
/** @typedef {{ conversationId: string, seq: number, after: { ownerId: string | null, epoch: number } }} Entry of the log, as a majority has it */

/**
 * @param {object} seen
 * @param {readonly Accepted[]} seen.accepted
 * @param {readonly Thread[]} seen.threads
 * @param {readonly Entry[]} seen.entries
 * @param {readonly Told[]} seen.told
 * @param {ReadonlyMap<string, readonly unknown[]>} seen.carrier what it received, by reference
 * @param {ReadonlyMap<string, number>} seen.smsc how often it was given a text, by its words
 */
export function verdictOf({ accepted, threads, entries, told, carrier, smsc }) {
  const texts = threads.flatMap(({ number, peers, items }) =>
    items.flatMap(({ type, data }) =>
      type === 'message.received' ? [{ number, peers, id: data.text }] : [],
    ),
  );
  /** @type {Map<string, typeof texts>} */
  const byId = new Map();
  for (const text of texts) byId.set(text.id, [...(byId.get(text.id) ?? []), text]);
  const inPlace = (/** @type {Accepted} */ { id, from, to }) =>
    byId.get(id)?.some(({ number, peers }) => number === to && peers.includes(from)) ?? false;
  return {
    lost: accepted.filter((text) => !inPlace(text)).map(({ id }) => id),
    duplicated: [...byId].filter(([, all]) => all.length > 1).map(([id]) => id),
    doubleOwners: [...doubleOwners(entries, told)],
    gaps: gapsOf(entries),
    stale: staleOf(threads, entries),
    sentTwice: [
      ...[...carrier].filter(([, requests]) => requests.length > 1).map(([reference]) => reference),
      ...[...smsc].filter(([, times]) => times > 1).map(([words]) => words),
    ],
    ...repliesOf(threads, told, carrier, smsc),
  };
}

/**
 * An epoch of a conversation has one owner, in the log and in everything that anybody was ever told.
 * @param {readonly Entry[]} entries
 * @param {readonly Told[]} told
 */
function doubleOwners(entries, told) {
  /** @type {Map<string, string | null>} */
  const owners = new Map();
  /** @type {Set<string>} */
  const double = new Set();
  const claims = [
    ...entries.map(({ conversationId, after }) => ({ conversationId, ...after })),
    ...told.flatMap(({ body }) =>
      body?.conversation
        ? [
            {
              conversationId: body.conversation.id,
              epoch: body.conversation.epoch,
              ownerId: body.conversation.owner?.id ?? null,
            },
          ]
        : [],
    ),
  ];
  for (const { conversationId, epoch, ownerId } of claims) {
    const key = `${conversationId} epoch ${epoch}`;
    if (owners.has(key) && owners.get(key) !== ownerId) double.add(key);
    owners.set(key, ownerId);
  }
  return double;
}

/** @param {readonly Entry[]} entries */
function gapsOf(entries) {
  /** @type {Map<string, number[]>} */
  const seqs = new Map();
  for (const { conversationId, seq } of entries)
    seqs.set(conversationId, [...(seqs.get(conversationId) ?? []), seq]);
  return [...seqs].flatMap(([id, all]) =>
    all.sort((a, b) => a - b).every((seq, i) => seq === i + 1) ? [] : [`${id}: ${all.join(' ')}`],
  );
}

/**
 * Conversations that lists show as they were, or not at all.
 * @param {readonly Thread[]} threads
 * @param {readonly Entry[]} entries
 */
function staleOf(threads, entries) {
  const shown = new Map(threads.map(({ id, seq }) => [id, seq]));
  /** @type {Map<string, number>} */
  const logged = new Map();
  for (const { conversationId, seq } of entries)
    logged.set(conversationId, Math.max(seq, logged.get(conversationId) ?? 0));
  return [...logged].flatMap(([id, seq]) =>
    shown.get(id) === seq ? [] : [`${id}: ${shown.get(id)} of ${seq}`],
  );
}

const SETTLED = new Set(['delivered', 'undelivered', 'failed', 'unknown']);

/**
 * A reply that was accepted stands in its thread once and comes to an end; one that the carrier has was accepted.
 * @param {readonly Thread[]} threads
 * @param {readonly Told[]} told
 * @param {ReadonlyMap<string, readonly unknown[]>} carrier
 * @param {ReadonlyMap<string, number>} smsc
 */
function repliesOf(threads, told, carrier, smsc) {
  const items = threads.flatMap(({ items }) => items);
  /** @type {Map<string, string[]>} */
  const statuses = new Map();
  for (const { type, data } of items) {
    if (type === 'message.status')
      statuses.set(data.messageId, [...(statuses.get(data.messageId) ?? []), data.status]);
  }
  const queued = items.flatMap(({ type, data }) => (type === 'message.queued' ? [data] : []));
  const ours = queued.filter(({ text }) => text.startsWith('reply '));
  const accepted = told.filter(({ command, status }) => command === 'reply' && status === 200);
  const times = (/** @type {string} */ clientMessageId) =>
    ours.filter((message) => message.clientMessageId === clientMessageId).length;
  const known = new Set(queued.flatMap(({ messageId, text }) => [messageId, text]));
  return {
    repliesLost: accepted
      .filter(({ sent }) => times(sent.clientMessageId) !== 1)
      .map(({ sent }) => sent.clientMessageId),
    unsettled: ours.flatMap(({ messageId, text }) => {
      const last = statuses.get(messageId)?.at(-1) ?? 'queued';
      const arrived = carrier.has(messageId) || smsc.has(text) || last !== 'delivered';
      return SETTLED.has(last) && arrived ? [] : [`${messageId}: ${last}`];
    }),
    sentByNobody: [...carrier.keys(), ...smsc.keys()].filter((reference) => !known.has(reference)),
    replies: accepted.length,
  };
}
