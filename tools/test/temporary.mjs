// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @param {import('node:test').TestContext} [test] removes the folder when it ends
 * @returns {string} a new empty folder
 */
export function temporaryFolder(test) {
  const folder = mkdtempSync(join(tmpdir(), 'partyline-tools-'));
  test?.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Waits until something is so; fails the test when it never is.
 * @template T
 * @param {string} what
 * @param {() => T | Promise<T>} look truthy once it is so
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, look, timeoutMs = 20_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await delay(20);
  }
}

/** The environment without servers of somebody else: these tests start their own. */
export function withoutUrls() {
  const { MONGODB_URL: _mongodb, NATS_URL: _nats, REDIS_URL: _redis, ...env } = process.env;
  return env;
}
