// @ts-check
// `partyline text`: a text from a customer's phone, through the phone simulator, which calls ingest as a carrier does.
import { parseArgs } from 'node:util';
import { say } from '../console.mjs';
import { dataDirectory } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { readRuntime } from '../runtime.mjs';

/** A number from the range that is kept free for examples. */
const USUAL_FROM = '+19175550142';
/** The simulator's answer when ingest did not say yes in time, or is down. */
const ON_ITS_WAY = 202;
const E164 = /^\+[1-9]\d{6,14}$/;

/**
 * @param {string[]} args
 * @param {import('../paths.mjs').Env} env
 */
export async function command(args, env) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string', default: USUAL_FROM } },
  });
  const [to = '', ...words] = positionals;
  const text = words.join(' ');
  const from = values.from;
  if (to === '')
    throw new Problem(
      'Say to which number, and what. For example: npx partyline text "+12125550101" "hello"',
    );
  for (const number of [to, from]) {
    if (!E164.test(number)) {
      throw new Problem(
        `"${number}" is no phone number. Write it with its country code, for example +12125550101.`,
      );
    }
  }
  if (!text)
    throw new Problem('There is no text to send. For example: npx partyline text "+12125550101" "hello"');

  const runtime = readRuntime(dataDirectory(env));
  const simulator = env.SIMULATOR_URL || runtime?.urls.simulator;
  if (!simulator) {
    throw new Problem(
      'Partyline does not run here. Start it with npm start, or set SIMULATOR_URL to its phone simulator.',
    );
  }
  const answer = await post(`${simulator}/api/texts`, { from, to, text });
  if (!answer.ok)
    throw new Problem(`The text from ${from} to ${to} was not taken: ${await reasonOf(answer)}`);
  await answer.body?.cancel();
  const where = runtime ? ` See it at ${runtime.urls.app}` : '';
  if (answer.status === ON_ITS_WAY) {
    say(
      `Partyline has not taken the text from ${from} to ${to} yet. The phone simulator keeps trying, as a carrier does.`,
    );
  } else say(`The text from ${from} to ${to} was delivered to Partyline.${where}`);
  return 0;
}

/**
 * @param {string} url
 * @param {object} body
 */
async function post(url, body) {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new Problem(
      `The phone simulator at ${url} does not answer (${cause}). Does Partyline run? Start it with npm start.`,
    );
  }
}

/** @param {Response} answer */
async function reasonOf(answer) {
  const body = await answer.text();
  try {
    const { detail, message, error, title } = JSON.parse(body);
    return String(detail ?? message ?? error ?? title ?? answer.status);
  } catch {
    return body.trim() || `status ${answer.status}`;
  }
}
