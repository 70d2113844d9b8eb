// @ts-check
// `partyline reconcile`: compares carriers' own logs with ours at once, and tells what came of it. The delivery service
// does the work; its collection `reconciliations` is where it is asked and where it tells.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { say } from '../console.mjs';
import { dataDirectory } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { readRuntime } from '../runtime.mjs';
import { loadDriver } from '../servers/mongodb.mjs';

/**
 * @typedef {object} Counts
 * @property {number} compared
 * @property {number} textsHealed
 * @property {number} textsMissing
 * @property {number} repliesSettled
 * @property {number} failures
 */
/**
 * @typedef {object} State as the delivery service stores it
 * @property {string} _id
 * @property {string} tenantId
 * @property {string} carrier
 * @property {string} accountId
 * @property {Counts | null} pass
 * @property {(Counts & { finishedAt: Date }) | null} last
 * @property {{ at: Date, message: string } | null} problem
 * @property {Date} nextAt
 * @property {number | null} askedHours
 */

/**
 * @param {string[]} args
 * @param {import('../paths.mjs').Env} env
 */
export async function command(args, env) {
  const { values } = parseArgs({
    args,
    options: {
      account: { type: 'string' },
      hours: { type: 'string', default: '48' },
      list: { type: 'boolean', default: false },
      'wait-seconds': { type: 'string', default: '600' },
    },
  });
  const hours = inRange('--hours', values.hours, 1, 720);
  const waitSeconds = inRange('--wait-seconds', values['wait-seconds'], 0, 86_400);
  const { MongoClient } = await loadDriver();
  const client = new MongoClient(mongodbUrl(env), { serverSelectionTimeoutMS: 5_000 });
  try {
    /** @type {import('mongodb').Collection<any>} */
    const collection = client.db('partyline_delivery').collection('reconciliations');
    const wanted = values.account ? { accountId: values.account } : {};
    /** @type {State[]} */
    const states = await collection.find(wanted).sort({ tenantId: 1, carrier: 1, accountId: 1 }).toArray();
    if (states.length === 0) {
      throw new Problem(
        values.account
          ? `There is no carrier account "${values.account}" whose log can be read.`
          : 'No carrier account has a carrier whose log can be read, or the delivery service has not started yet.',
      );
    }
    if (values.list) {
      for (const state of states) tell(state);
      return 0;
    }
    const askedAt = new Date();
    const ids = states.map(({ _id }) => _id);
    await collection.updateMany(
      { _id: { $in: ids } },
      { $set: { askedHours: hours }, $min: { nextAt: askedAt } },
    );
    return await wait(collection, ids, askedAt, waitSeconds);
  } finally {
    await client.close();
  }
}

/**
 * @param {import('mongodb').Collection<any>} collection
 * @param {string[]} ids
 * @param {Date} askedAt
 * @param {number} seconds
 */
async function wait(collection, ids, askedAt, seconds) {
  const until = Date.now() + seconds * 1000;
  const open = new Set(ids);
  for (;;) {
    /** @type {State[]} */
    const states = await collection.find({ _id: { $in: [...open] } }).toArray();
    for (const state of states) {
      const { last, pass, askedHours, problem } = state;
      const done = pass === null && askedHours === null && last !== null && last.finishedAt >= askedAt;
      if (!done && !(problem && problem.at >= askedAt)) continue;
      tell(state);
      open.delete(state._id);
    }
    if (open.size === 0) return 0;
    if (Date.now() >= until) {
      say(`${open.size} still at it; it goes on. partyline reconcile --list shows how far it is.`);
      return 0;
    }
    await pause(500);
  }
}

/** @param {State} state */
function tell({ tenantId, carrier, accountId, pass, last, problem, nextAt }) {
  const counts = pass ?? last;
  say(`${tenantId}  ${carrier} account ${accountId}  ${pass ? 'running' : `next ${nextAt.toISOString()}`}`);
  if (counts) {
    say(
      `    ${counts.compared} compared, ${counts.textsHealed} texts brought in, ${counts.textsMissing} texts missing, ${counts.repliesSettled} replies settled, ${counts.failures} failures`,
    );
  }
  if (problem) say(`    ${problem.at.toISOString()}: ${problem.message}`);
}

/**
 * @param {string} name
 * @param {string} value
 * @param {number} least
 * @param {number} most
 */
function inRange(name, value, least, most) {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new Problem(`${name} must be a number from ${least} to ${most}, not "${value}".`);
}

/** @param {import('../paths.mjs').Env} env */
function mongodbUrl(env) {
  const url = env.MONGODB_URL || readRuntime(dataDirectory(env))?.urls.mongodb;
  if (url) return url;
  throw new Problem(
    'Partyline does not run here. Start it with npm start, or set MONGODB_URL to its database.',
  );
}
