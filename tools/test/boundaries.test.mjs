// @ts-check
// What lint says about imports: a rule in .oxlintrc.json replaces the one before it for the same files, so that a layer
// can lose its rule unseen.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { ROOT } from '../src/paths.mjs';

/** @type {Record<string, string[]>} */
const FORBIDDEN = {
  'services/notify/src/domain': [
    '@nestjs/common',
    'ioredis',
    'node:fs',
    '@partyline/bus',
    '../application/push.js',
    '../adapters/mongo/database.js',
    '../config.js',
    '../../../inbox/src/domain/decide.js',
  ],
  'services/notify/src/application/webhooks': [
    '@nestjs/core',
    'ioredis',
    'undici',
    'node:fs/promises',
    '@partyline/mongo',
    '../../adapters/mongo/database.js',
    '../../config.js',
    '../../../../inbox/src/domain/decide.js',
  ],
  'services/notify/src/adapters/mongo': [
    '@partyline/testing',
    '../../app.module.js',
    '../../../../inbox/src/config.js',
  ],
  'services/notify/src': ['../../inbox/src/config.js', '@partyline/inbox'],
  'libs/kernel/src': ['rxjs', '@partyline/contracts', '../../../services/ingest/src/config.js'],
  'libs/contracts/src/inbox': [
    '@partyline/kernel',
    'node:crypto',
    '../../../../services/ingest/src/config.js',
  ],
  'libs/carriers/src/twilio': [
    '@nestjs/common',
    'mongoose',
    '@partyline/bus',
    '../../../../services/ingest/src/config.js',
  ],
  'libs/client/src': ['@partyline/kernel', 'node:fs', '../../../services/ingest/src/config.js'],
  'libs/bus/src': ['../../../services/ingest/src/config.js'],
  'web/src/format': ['../live/store.js', '../thread/rows.js'],
  'web/src/state': ['../live/store.js', '../thread/rows.js'],
  'web/src/live': ['../inbox/layout.js'],
  'web/src/ui': ['../thread/member-picker.js', '../../../services/gateway/src/config.js'],
  'web/src/thread': ['../router.js', '../shell/shell.js'],
};
/** @type {Record<string, string[]>} */
const ALLOWED = {
  'services/notify/src/domain': [
    '@partyline/kernel',
    '@partyline/contracts',
    './alert.js',
    '../domain/alert.js',
  ],
  'services/notify/src/application/webhooks': ['@nestjs/common', '../ports.js', '../../domain/alert.js'],
  'services/notify/src/adapters/mongo': ['mongoose', '../../application/ports.js', '../../config.js'],
  'libs/carriers/src/twilio': ['../carrier.js', '@partyline/kernel', 'node:crypto'],
  'web/src/thread': ['../ui/lazy.js', '../live/store.js'],
};

const folder = mkdtempSync(join(tmpdir(), 'partyline-boundaries-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {Record<string, string[]>} imports */
async function refused(imports) {
  // What needs types needs a whole project.
  const { options: _, ...config } = JSON.parse(readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8'));
  writeFileSync(join(folder, '.oxlintrc.json'), JSON.stringify(config));
  const written = Object.entries(imports).flatMap(([layer, names]) =>
    names.map((name, i) => {
      const file = `${layer}/import-${i}.ts`;
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), `export * from '${name}';\n`);
      return { file, says: `${layer}: ${name}` };
    }),
  );
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const args = [oxlint, '--format=json', ...written.map(({ file }) => file)];
  /** @type {string} */
  const said = await new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder }, (_error, stdout) => resolve(stdout));
  });
  /** @type {{ diagnostics: { code: string, filename: string }[] }} */
  const { diagnostics } = JSON.parse(said);
  const found = new Set(
    diagnostics.filter(({ code }) => code.includes('no-restricted-imports')).map(({ filename }) => filename),
  );
  return written.filter(({ file }) => found.has(file)).map(({ says }) => says);
}

/** @param {Record<string, string[]>} imports */
const all = (imports) =>
  Object.entries(imports).flatMap(([layer, names]) => names.map((name) => `${layer}: ${name}`));

void test('every import that points outwards is refused', async () => {
  assert.deepEqual(await refused(FORBIDDEN), all(FORBIDDEN));
});

void test('what points inwards is not', async () => {
  assert.deepEqual(await refused(ALLOWED), []);
});
