// @ts-check
// What `npm start` refuses, before it installs or starts anything. That it starts is shown by the e2e tests.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { claimDataDirectory } from '../src/data-dir.mjs';
import { freePort } from '../src/ports.mjs';
import { runCommand } from '../src/servers/run-command.mjs';
import { temporaryFolder, withoutUrls } from './temporary.mjs';

const START = fileURLToPath(new URL('../src/start.mjs', import.meta.url));

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
async function start(args, env) {
  const ports = { PARTYLINE_PORT: String(await freePort()), PARTYLINE_HOOKS_PORT: String(await freePort()) };
  return runCommand(process.execPath, [START, ...args], {
    env: { ...withoutUrls(), ...ports, ...env },
    timeoutMs: 20_000,
  });
}

void test('--help says what there is', async (t) => {
  const outcome = await start(['--help'], { PARTYLINE_DATA: temporaryFolder(t) });
  assert.equal(outcome.code, 0);
  assert.match(outcome.stdout, /--fresh[^]*--services-only[^]*PARTYLINE_PORT/);
});

void test('an unknown option is refused', async (t) => {
  const outcome = await start(['--frsh'], { PARTYLINE_DATA: temporaryFolder(t) });
  assert.equal(outcome.code, 1);
  assert.match(outcome.output, /Unknown option '--frsh'/);
});

void test('a busy port is refused with its holder, and nothing is left claimed', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const port = String(address !== null && typeof address === 'object' ? address.port : 0);
  const dataDir = temporaryFolder(t);
  const outcome = await start([], { PARTYLINE_PORT: port, PARTYLINE_DATA: dataDir });
  assert.equal(outcome.code, 1);
  assert.match(
    outcome.output,
    new RegExp(
      `Port ${port}, for the web app, is held by process ${process.pid} .*\n.*PARTYLINE_PORT=\\d+ npm start`,
    ),
  );
  assert.deepEqual(readdirSync(dataDir), ['.partyline-data']);
});

void test('a second start on the same data is refused', async (t) => {
  const dataDir = temporaryFolder(t);
  const claim = claimDataDirectory(dataDir);
  const outcome = await start(['--fresh'], { PARTYLINE_DATA: dataDir });
  claim.release();
  assert.equal(outcome.code, 1);
  assert.match(outcome.output, new RegExp(`already runs on .* \\(process ${process.pid}\\)`));
});

void test("--fresh does not touch somebody else's folder", async (t) => {
  const dataDir = temporaryFolder(t);
  writeFileSync(join(dataDir, 'thesis.txt'), 'ten years of work');
  const outcome = await start(['--fresh'], { PARTYLINE_DATA: dataDir });
  assert.equal(outcome.code, 1);
  assert.match(outcome.output, /holds files that are not Partyline's/);
  assert.ok(existsSync(join(dataDir, 'thesis.txt')));
});

void test('--services-only without addresses says which are missing', async (t) => {
  const outcome = await start(['--services-only'], {
    PARTYLINE_DATA: temporaryFolder(t),
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  assert.equal(outcome.code, 1);
  assert.match(
    outcome.output,
    /MONGODB_URL and NATS_URL must say where they are: MONGODB_URL=mongodb:\/\/host:port/,
  );
});
