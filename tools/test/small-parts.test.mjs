// @ts-check
import assert from 'node:assert/strict';
import { createPublicKey, verify, createPrivateKey, sign } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Backoff } from '../src/backoff.mjs';
import { claimDataDirectory, emptyDataDirectory, runningOn } from '../src/data-dir.mjs';
import { tryLock, withLock } from '../src/lock.mjs';
import { isComplaint, lastWords, readLogLine } from '../src/log-lines.mjs';
import { cacheDirectory, dataDirectory, ROOT } from '../src/paths.mjs';
import { ensureSecrets, NATS_USERS, secretsFile } from '../src/secrets.mjs';
import { SERVERS } from '../src/servers/definitions.mjs';
import { withCredentials } from '../src/servers/nats.mjs';
import { isAtLeast, parseVersion } from '../src/servers/version.mjs';
import { fingerprint } from '../src/stamp.mjs';
import { temporaryFolder } from './temporary.mjs';

void describe('versions', () => {
  for (const [version, minimum, enough] of /** @type {const} */ ([
    ['6.0.5', '6.0', true],
    ['6.0', '6.0', true],
    ['5.9.9', '6.0', false],
    ['10.0.1', '6.2', true],
    ['2.11.0', '2.11', true],
    ['2.9.10', '2.11', false],
    ['20.19.0', '20.19', true],
    ['20.2.0', '20.19', false],
  ])) {
    void test(`${version} is ${enough ? '' : 'not '}at least ${minimum}`, () => {
      assert.equal(isAtLeast(version, minimum), enough);
    });
  }

  for (const [name, output, version] of /** @type {const} */ ([
    ['mongodb', 'db version v6.0.5\nBuild Info: {\n    "version": "6.0.5"', '6.0.5'],
    ['nats', 'nats-server: v2.15.1\n', '2.15.1'],
    ['redis', 'Redis server v=6.2.14 sha=40305114:0 malloc=libc bits=64 build=dff95a8e7a99d269', '6.2.14'],
    ['redis', 'command not found', undefined],
  ])) {
    void test(`${name} says ${version ?? 'nothing of use'}`, () => {
      assert.equal(parseVersion(output, SERVERS[name].versionPattern), version);
    });
  }
});

void describe('the wait before a restart', () => {
  void test('is none the first time, then doubles from a quarter second to ten', () => {
    const backoff = new Backoff();
    const waits = Array.from({ length: 9 }, () => backoff.next(100));
    assert.deepEqual(waits, [0, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  void test('is none again for a process that lived long', () => {
    const backoff = new Backoff();
    backoff.next(100);
    backoff.next(100);
    assert.equal(backoff.next(60_000), 0);
    assert.equal(backoff.next(100), 250);
  });
});

void describe('log lines', () => {
  for (const [what, line, stderr, text, complaint] of /** @type {const} */ ([
    ['pino info', '{"level":30,"msg":"ready"}', false, 'ready', false],
    [
      'pino error',
      '{"level":50,"context":"Bus","msg":"gone","err":{"message":"EPIPE"}}',
      false,
      'Bus: gone: EPIPE',
      true,
    ],
    ['mongod warning', '{"s":"W","msg":"slow","attr":{"error":"disk"}}', false, 'slow: disk', true],
    ['mongod info', '{"s":"I","msg":"hello"}', false, 'hello', false],
    ['plain output', 'hello', false, 'hello', false],
    ['a stack', '    at foo', true, '    at foo', true],
    ['broken JSON', '{"level":', false, '{"level":', false],
  ])) {
    void test(what, () => {
      const read = readLogLine(line, stderr);
      assert.equal(read.text, text);
      assert.equal(isComplaint(read), complaint);
    });
  }

  void test("last words are a log's last complaints", () => {
    assert.equal(
      lastWords('{"s":"I","msg":"a"}\n{"s":"E","msg":"no disk"}\n{"s":"I","msg":"b"}\n'),
      '  no disk',
    );
    assert.equal(lastWords('one\ntwo\n'), '  one\n  two');
  });
});

void describe('folders', () => {
  void test('the data folder is .data or PARTYLINE_DATA', () => {
    assert.equal(dataDirectory({}), join(ROOT, '.data'));
    assert.equal(dataDirectory({ PARTYLINE_DATA: 'other' }), join(ROOT, 'other'));
    assert.equal(dataDirectory({ PARTYLINE_DATA: '/srv/data' }), '/srv/data');
  });

  void test('the cache is PARTYLINE_CACHE, or in the XDG cache, or in the home folder', () => {
    assert.equal(cacheDirectory({ PARTYLINE_CACHE: '/c', XDG_CACHE_HOME: '/x' }), '/c');
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: '/x', HOME: '/h' }), '/x/partyline');
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: 'relative', HOME: '/h' }), '/h/.cache/partyline');
  });

  void test('a second claim on a data folder is refused, and a released one is free', (t) => {
    const folder = temporaryFolder(t);
    const claim = claimDataDirectory(folder);
    assert.equal(runningOn(folder), process.pid);
    assert.throws(() => claimDataDirectory(folder), /already runs on .*PARTYLINE_DATA=/s);
    claim.release();
    assert.equal(runningOn(folder), undefined);
    claimDataDirectory(folder).release();
  });

  void test("somebody else's folder is neither used nor emptied", (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'thesis.txt'), 'ten years of work');
    assert.throws(() => claimDataDirectory(folder), /not Partyline's/);
    assert.throws(() => emptyDataDirectory(folder), /not a data folder of Partyline/);
    assert.ok(existsSync(join(folder, 'thesis.txt')));
  });

  void test('starting over empties our folder and keeps the claim', (t) => {
    const folder = temporaryFolder(t);
    const claim = claimDataDirectory(folder);
    mkdirSync(join(folder, 'mongodb/journal'), { recursive: true });
    writeFileSync(join(folder, 'secrets.json'), '{}');
    emptyDataDirectory(folder);
    assert.deepEqual(readdirSync(folder).toSorted(), ['.partyline-data', 'supervisor.lock']);
    claim.release();
  });
});

void describe('locks', () => {
  void test('a lock of a dead process is taken over', (t) => {
    const path = join(temporaryFolder(t), 'lock');
    writeFileSync(path, '999999999 1\n');
    const lock = tryLock(path);
    assert.ok('release' in lock);
    lock.release();
    assert.equal(existsSync(path), false);
  });

  void test('a recycled pid is not taken for the holder', (t) => {
    const path = join(temporaryFolder(t), 'lock');
    writeFileSync(path, `${process.pid} 1\n`);
    assert.ok('release' in tryLock(path) || process.platform !== 'linux');
  });

  void test('of many at once one works at a time', async (t) => {
    const path = join(temporaryFolder(t), 'lock');
    let inside = 0;
    let most = 0;
    const works = Array.from({ length: 5 }, () =>
      withLock(path, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
      }),
    );
    await Promise.all(works);
    assert.equal(most, 1);
  });
});

void describe('secrets', () => {
  void test('are made once, kept for their owner alone, and different for each installation', (t) => {
    const folder = temporaryFolder(t);
    const first = ensureSecrets(folder);
    assert.deepEqual(ensureSecrets(folder), first);
    assert.equal(statSync(secretsFile(folder)).mode & 0o777, 0o600);
    const other = ensureSecrets(temporaryFolder(t));
    for (const user of NATS_USERS) assert.notEqual(first.natsPasswords[user], other.natsPasswords[user]);
    assert.notEqual(first.jwtSecret, other.jwtSecret);
    assert.equal(Buffer.from(first.secretsKey, 'base64').length, 32);
  });

  void test('VAPID keys are a P-256 pair', (t) => {
    const { publicKey, privateKey } = ensureSecrets(temporaryFolder(t)).vapid;
    const point = Buffer.from(publicKey, 'base64url');
    assert.equal(point.length, 65);
    const coordinates = {
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const jwk = { kty: 'EC', crv: 'P-256', ...coordinates };
    const signature = sign(
      'sha256',
      Buffer.from('x'),
      createPrivateKey({ key: { ...jwk, d: privateKey }, format: 'jwk' }),
    );
    assert.ok(verify('sha256', Buffer.from('x'), createPublicKey({ key: jwk, format: 'jwk' }), signature));
  });

  void test('the environment wins', (t) => {
    const env = { NATS_INBOX_PASSWORD: 'fromOutside', PARTYLINE_JWT_SECRET: 'mine' };
    const folder = temporaryFolder(t);
    const secrets = ensureSecrets(folder, env);
    assert.equal(secrets.natsPasswords.inbox, 'fromOutside');
    assert.equal(secrets.jwtSecret, 'mine');
    assert.ok(!readFileSync(secretsFile(folder), 'utf8').includes('fromOutside'));
  });

  void test('credentials go into every address of a cluster', () => {
    assert.equal(
      withCredentials('nats://a:1,nats://b:2', 'inbox', 'p/w'),
      'nats://inbox:p%2Fw@a:1,nats://inbox:p%2Fw@b:2',
    );
    assert.equal(withCredentials('tls://a:1', 'u', 'p'), 'tls://u:p@a:1');
  });
});

void test('a fingerprint changes with sources, not with tests or output', (t) => {
  const root = temporaryFolder(t);
  mkdirSync(join(root, 'libs/a/src'), { recursive: true });
  mkdirSync(join(root, 'libs/a/dist'), { recursive: true });
  writeFileSync(join(root, 'libs/a/src/one.ts'), '1');
  const before = fingerprint(root, ['libs', 'missing']);
  writeFileSync(join(root, 'libs/a/dist/one.js'), '1');
  assert.equal(fingerprint(root, ['libs', 'missing']), before);
  writeFileSync(join(root, 'libs/a/src/one.ts'), '2');
  assert.notEqual(fingerprint(root, ['libs', 'missing']), before);
});
