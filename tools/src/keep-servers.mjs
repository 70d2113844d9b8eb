// @ts-check
// Servers that die while Partyline runs are started again, with the same patience as services.
import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff.mjs';
import { secondsSince } from './console.mjs';
import { explain } from './problem.mjs';

/**
 * @param {import('./servers/index.mjs').RunningServers} servers
 * @param {{ say: import('./console.mjs').Say, onChange: () => void }} options
 * @returns {() => void} stops the keeping; call it before the servers are stopped
 */
export function keepServers(servers, { say, onChange }) {
  const stopping = new AbortController();
  /** @type {Map<string, { backoff: Backoff, startedAt: number }>} */
  const known = new Map(
    servers.describe().map(({ name }) => [name, { backoff: new Backoff(), startedAt: Date.now() }]),
  );

  /** @param {import('./servers/index.mjs').Exit & { name: string }} exit */
  async function revive({ name, signal, code }) {
    const one = known.get(name);
    if (!one || stopping.signal.aborted) return;
    const diedAt = Date.now();
    const wait = one.backoff.next(diedAt - one.startedAt);
    say(
      `${name} died (${signal ?? `exit code ${code}`}); starting it again ${wait ? `in ${wait / 1000} s` : 'now'}.`,
    );
    await delay(wait, undefined, { signal: stopping.signal }).catch(() => {});
    if (stopping.signal.aborted) return;
    one.startedAt = Date.now();
    try {
      await servers.start(/** @type {import('./servers/index.mjs').ServerName} */ (name));
      say(`${name} is back, ${secondsSince(diedAt)} after it died.`);
      onChange();
    } catch (error) {
      // Its own end is told to this function again, which tries again.
      if (!stopping.signal.aborted) say(explain(error));
    }
  }

  servers.onExit((exit) => void revive(exit));
  return () => stopping.abort();
}
