// @ts-check
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { freePort } from '../src/ports.mjs';
import { isAlive } from '../src/process-table.mjs';
import { Supervisor } from '../src/supervisor.mjs';
import { temporaryFolder, until } from './temporary.mjs';

/** @param {string} name */
const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const PRELOAD = pathToFileURL(file('../src/exit-with-parent.mjs')).href;

/**
 * @param {string} folder
 * @param {Record<string, string>} [env]
 * @returns {Promise<import('../src/managed-process.mjs').ServiceSpec & { port: number, pidFile: string }>}
 */
async function tinyService(folder, env = {}, name = 'shop') {
  const port = await freePort();
  const pidFile = join(folder, `${name}.pids`);
  return {
    name,
    command: process.execPath,
    args: ['--import', PRELOAD, file('children/service.mjs')],
    env: { PATH: process.env.PATH, PORT: String(port), PID_FILE: pidFile, ...env },
    readyUrl: `http://127.0.0.1:${port}/health/ready`,
    log: join(folder, `${name}.log`),
    port,
    pidFile,
  };
}

/** @param {string} pidFile */
const starts = (pidFile) =>
  readFileSync(pidFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));

void test('services are started, watched until ready, logged, and stopped in good order', async (t) => {
  const folder = temporaryFolder(t);
  const specs = [await tinyService(folder), await tinyService(folder, {}, 'store')];
  /** @type {string[]} */
  const said = [];
  const supervisor = new Supervisor(specs, { say: (line) => said.push(line) });
  t.after(() => supervisor.killNow());
  await supervisor.start();
  const pids = Object.values(supervisor.pids());
  assert.equal(pids.length, 2);
  for (const { readyUrl } of specs) assert.equal((await fetch(readyUrl)).ok, true);
  assert.deepEqual(
    said.toSorted(),
    ['shop', 'store'].map((name) => `${name} | Shop: the shelf is nearly empty`),
  );
  await supervisor.stop();
  for (const pid of pids) assert.equal(isAlive(pid ?? 0), false);
  assert.match(readFileSync(join(folder, 'shop.log'), 'utf8'), /"listening"[^]*"drained"/);
});

void test('a killed service is started again at once, and its new pid is told', async (t) => {
  const folder = temporaryFolder(t);
  const spec = await tinyService(folder);
  /** @type {string[]} */
  const said = [];
  let changes = 0;
  const supervisor = new Supervisor([spec], {
    say: (line) => said.push(line),
    onChange: () => (changes += 1),
  });
  t.after(() => supervisor.stop());
  await supervisor.start();
  const before = supervisor.pids().shop ?? 0;
  const changesBefore = changes;
  process.kill(before, 'SIGKILL');
  await until('the message', () => said.some((line) => line.startsWith('shop is back')));
  assert.notEqual(supervisor.pids().shop, before);
  assert.ok(changes > changesBefore);
  assert.ok(said.some((line) => line.startsWith('shop died (SIGKILL); starting it again now.')));
});

void test('a service that dies quickly is given more and more time', async (t) => {
  const folder = temporaryFolder(t);
  const spec = await tinyService(folder, { DIE_AT_ONCE: '1' });
  /** @type {string[]} */
  const said = [];
  const supervisor = new Supervisor([spec], { say: (line) => said.push(line) });
  const started = supervisor.start();
  await until('four starts', () => said.length >= 4);
  await supervisor.stop();
  await started;
  const waits = said
    .slice(0, 4)
    .map((line) => /died \(exit code 7\); starting it again (.*?)\. Its log/.exec(line)?.[1]);
  assert.deepEqual(waits, ['now', 'in 0.25 s', 'in 0.5 s', 'in 1 s']);
  const times = starts(spec.pidFile).map(([, at = 0]) => at);
  assert.ok((times[2] ?? 0) - (times[1] ?? 0) >= 250);
});

void test('a second impatience ends a service that does not want to', async (t) => {
  const folder = temporaryFolder(t);
  const spec = await tinyService(folder, { IGNORE_SIGTERM: '1' });
  const supervisor = new Supervisor([spec], { say: () => {} });
  await supervisor.start();
  const pid = supervisor.pids().shop ?? 0;
  const stopping = supervisor.stop();
  supervisor.killNow();
  await stopping;
  assert.equal(isAlive(pid), false);
});

void test('a service does not outlive a supervisor that was killed', async (t) => {
  const folder = temporaryFolder(t);
  const spec = await tinyService(folder);
  const supervisor = spawn(process.execPath, [file('children/supervise.mjs'), JSON.stringify(spec)]);
  await once(supervisor.stdout, 'data');
  const [[pid = 0] = []] = starts(spec.pidFile);
  assert.equal(isAlive(pid), true);
  supervisor.kill('SIGKILL');
  await until('the service to end', () => !isAlive(pid));
});
