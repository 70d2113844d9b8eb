// @ts-check
// What goes wrong, and when: decided by the seed before anything runs.
import { between, oneOf, randomFrom } from './random.mjs';

export const SERVICES = /** @type {const} */ ([
  'ingest',
  'routing',
  'inbox',
  'delivery',
  'notify',
  'gateway',
]);
/** Second processes of services whose work two of them share: each fails by itself. */
export const REPLICAS = /** @type {const} */ (['inbox-2', 'delivery-2']);
const PROCESSES = [...SERVICES, ...REPLICAS];
export const MEMBERS = /** @type {const} */ ([0, 1, 2]);

/**
 * @typedef {object} Fault
 * @property {number} at milliseconds after the beginning
 * @property {number} lasts milliseconds
 * @property {'kill' | 'pause' | 'clock' | 'mongo-kill' | 'mongo-pause' | 'mongo-step-down' | 'mongo-cut' | 'mongo-half-open' | 'mongo-delay' | 'nats-kill' | 'nats-cut' | 'nats-half-open' | 'nats-delay' | 'smpp-cut' | 'smpp-half-open' | 'smpp-delay'} kind
 * @property {string} target a process of a service, or the number of a server; the SMSC is one
 * @property {number} [amount] of a clock: milliseconds that it jumps; of a delay: milliseconds
 */

/** Longer than an acknowledgement is waited for (10 s) and than the inbox's sweeps have their leases (15 s)… */
const SHORT_PAUSE = /** @type {const} */ ([17_000, 25_000]);
/** … and than those of all others (30 s). */
const LONG_PAUSE = /** @type {const} */ ([33_000, 38_000]);

/**
 * One fault after the other among the members of MongoDB, and one after the other among those of NATS, so that a majority
 * of each is there in the end; services fail beside them and beside each other.
 * @param {number} seed
 * @param {number} lengthMs faults begin in this time; the last ones may end after it
 * @returns {Fault[]} in their order
 */
export function scheduleOf(seed, lengthMs) {
  const random = randomFrom(seed);
  /** @type {Fault[]} */
  const faults = [];
  for (const [kinds, pauseMs] of /** @type {const} */ ([
    [MONGO, 9_000],
    [NATS, 9_000],
    [SERVICE, 6_000],
    [SMPP, 9_000],
  ])) {
    let at = between(random, 1_000, pauseMs);
    while (at < lengthMs) {
      const fault = oneOf(random, kinds)(random, at);
      faults.push(fault);
      at += fault.lasts + between(random, pauseMs / 3, pauseMs);
    }
  }
  return faults.sort((a, b) => a.at - b.at);
}

/** @typedef {(random: import('./random.mjs').Random, at: number) => Fault} MakeFault */

/**
 * @param {Fault['kind']} kind
 * @param {readonly (string | number)[]} targets
 * @param {readonly [number, number]} lasts
 * @param {(random: import('./random.mjs').Random) => number} [amount]
 * @returns {MakeFault}
 */
const fault = (kind, targets, lasts, amount) => (random, at) => ({
  at,
  kind,
  target: String(oneOf(random, targets)),
  lasts: between(random, ...lasts),
  ...(amount ? { amount: amount(random) } : {}),
});

const delayMs = (/** @type {import('./random.mjs').Random} */ random) => between(random, 50, 500);
/** Up to an hour, forwards or back. */
const jumpMs = (/** @type {import('./random.mjs').Random} */ random) =>
  between(random, 1_000, 3_600_000) * oneOf(random, [-1, 1]);

/** @type {readonly MakeFault[]} */
const SERVICE = [
  fault('kill', PROCESSES, [0, 0]),
  fault('kill', PROCESSES, [0, 0]),
  fault('kill', PROCESSES, [0, 0]),
  fault('kill', PROCESSES, [0, 0]),
  fault('pause', PROCESSES, SHORT_PAUSE),
  fault('pause', PROCESSES, LONG_PAUSE),
  fault('clock', PROCESSES, [5_000, 15_000], jumpMs),
];
/** @type {readonly MakeFault[]} */
const MONGO = [
  fault('mongo-kill', ['primary', 'primary', ...MEMBERS], [1_000, 6_000]),
  fault('mongo-kill', ['primary'], [1_000, 6_000]),
  fault('mongo-pause', ['primary', ...MEMBERS], [12_000, 16_000]),
  fault('mongo-step-down', ['primary'], [1_000, 1_000]),
  fault('mongo-cut', ['primary', ...MEMBERS], [2_000, 8_000]),
  fault('mongo-half-open', ['primary', ...MEMBERS], [3_000, 12_000]),
  fault('mongo-delay', ['primary', ...MEMBERS], [3_000, 10_000], delayMs),
];
/** @type {readonly MakeFault[]} */
const NATS = [
  fault('nats-kill', MEMBERS, [1_000, 6_000]),
  fault('nats-kill', MEMBERS, [1_000, 6_000]),
  fault('nats-cut', MEMBERS, [2_000, 8_000]),
  fault('nats-half-open', MEMBERS, [3_000, 12_000]),
  fault('nats-delay', MEMBERS, [3_000, 10_000], delayMs),
];
/** @type {readonly MakeFault[]} */
const SMPP = [
  fault('smpp-cut', ['smsc'], [500, 4_000]),
  fault('smpp-cut', ['smsc'], [500, 4_000]),
  fault('smpp-half-open', ['smsc'], [3_000, 12_000]),
  fault('smpp-delay', ['smsc'], [3_000, 10_000], delayMs),
];
