// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { portOwner } from '../src/port-owner.mjs';
import { choosePorts, freePort, isFree, publicPorts } from '../src/ports.mjs';
import { temporaryFolder } from './temporary.mjs';

/**
 * @param {import('node:test').TestContext} t
 * @param {string} host
 * @returns {Promise<number>} a port that is busy until the test ends
 */
async function busyPort(t, host) {
  const port = await freePort();
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  t.after(() => server.close());
  return port;
}

for (const host of ['127.0.0.1', '0.0.0.0']) {
  void test(`a port that is taken on ${host} is not free`, async (t) => {
    assert.equal(await isFree(await busyPort(t, host)), false);
  });
}

void test('remembered ports are kept, those that were taken meanwhile replaced', async (t) => {
  const file = join(temporaryFolder(t), 'ports.json');
  const first = await choosePorts(['inbox', 'redis'], { file });
  assert.deepEqual(await choosePorts(['inbox', 'redis'], { file }), first);
  const server = createServer().listen(first.redis, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const second = await choosePorts(['inbox', 'redis'], { file });
  assert.equal(second.inbox, first.inbox);
  assert.notEqual(second.redis, first.redis);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), second);
});

void test('many ports are all different', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `p${i}`);
  assert.equal(new Set(Object.values(await choosePorts(names))).size, 12);
});

void test('a busy public port is reported with its holder and what to do', async (t) => {
  const gateway = await busyPort(t, '127.0.0.1');
  const ingest = await freePort();
  const env = { PARTYLINE_PORT: String(gateway), PARTYLINE_HOOKS_PORT: String(ingest) };
  await assert.rejects(publicPorts(env), (/** @type {Error} */ error) => {
    assert.match(
      error.message,
      new RegExp(`Port ${gateway}, for the web app, is held by process ${process.pid} \\(.*node`),
    );
    assert.match(error.message, /start on other ports: PARTYLINE_PORT=\d+ npm start/);
    assert.doesNotMatch(error.message, /PARTYLINE_HOOKS_PORT/);
    return true;
  });
  assert.equal(portOwner(gateway)?.pid, process.pid);
});

for (const [what, env, message] of /** @type {const} */ ([
  ['a word', { PARTYLINE_PORT: 'web' }, /PARTYLINE_PORT is "web", which is no port/],
  ['too high', { PARTYLINE_HOOKS_PORT: '70000' }, /PARTYLINE_HOOKS_PORT is "70000"/],
  ['the same twice', { PARTYLINE_PORT: '4000', PARTYLINE_HOOKS_PORT: '4000' }, /both 4000/],
])) {
  void test(`a public port that is ${what} is refused`, async () => {
    await assert.rejects(publicPorts(env), message);
  });
}
