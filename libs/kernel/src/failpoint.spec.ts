import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failpointFolder, failpointsOf, refuseFailpointsInProduction } from './failpoint.js';
import { FAILPOINTS } from './failpoints.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

describe('a failpoint', () => {
  let folder: string;
  let deaths: number;
  const hitter = () => failpointsOf(folder, () => (deaths += 1));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'partyline-failpoints-'));
    deaths = 0;
    for (const name of ['armed', 'fired']) mkdirSync(join(folder, name));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const arm = (name: string, hits = '') => writeFileSync(join(folder, 'armed', name), hits);

  it('does nothing where no folder is given', () => {
    arm('inbox.texts-taken');
    failpointsOf(undefined, () => (deaths += 1))('inbox.texts-taken');
    expect(deaths).toBe(0);
    expect(existsSync(join(folder, 'armed', 'inbox.texts-taken'))).toBe(true);
  });

  it('does nothing where it is not armed', () => {
    arm('inbox.texts-landed');
    hitter()('inbox.texts-taken');
    expect(deaths).toBe(0);
  });

  it('kills once, and says that it did', () => {
    arm('inbox.texts-taken');
    const hit = hitter();
    hit('inbox.texts-taken');
    hit('inbox.texts-taken');
    expect(deaths).toBe(1);
    expect(readdirSync(join(folder, 'fired'))).toEqual(['inbox.texts-taken']);
  });

  it('kills at the hit that is asked for', () => {
    arm('inbox.texts-taken', '3');
    const hit = hitter();
    hit('inbox.texts-taken');
    hit('inbox.texts-taken');
    expect(deaths).toBe(0);
    hit('inbox.texts-taken');
    expect(deaths).toBe(1);
  });
});

describe('failpoints in production', () => {
  it('are off, and a process that is asked for them refuses to start', () => {
    const asked = { NODE_ENV: 'production', PARTYLINE_FAILPOINTS: '/some/folder' };
    expect(failpointFolder(asked)).toBeUndefined();
    expect(() => refuseFailpointsInProduction(asked)).toThrow('PARTYLINE_FAILPOINTS');
  });

  it('are not looked for where nobody asks', () => {
    expect(() => refuseFailpointsInProduction({ NODE_ENV: 'production' })).not.toThrow();
    expect(failpointFolder({})).toBeUndefined();
    expect(failpointFolder({ PARTYLINE_FAILPOINTS: '' })).toBeUndefined();
    expect(failpointFolder({ PARTYLINE_FAILPOINTS: '/some/folder' })).toBe('/some/folder');
  });
});

describe('the registry of failpoints', () => {
  const sources = ['libs', 'services'].flatMap((top) =>
    readdirSync(join(ROOT, top)).flatMap((name) => sourcesUnder(join(ROOT, top, name, 'src'))),
  );

  it('names exactly what stands in the code, each at one place', () => {
    const inCode = sources.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bfailpoint\('([^']+)'\)/g)].flatMap(([, name]) => name ?? []),
    );
    expect(new Set(inCode)).toEqual(new Set(Object.keys(FAILPOINTS)));
    expect(inCode).toHaveLength(Object.keys(FAILPOINTS).length);
  });

  it('names each by its service or library', () => {
    const owners = sources.flatMap((file) => {
      const [, owner] = file.slice(ROOT.length).split('/');
      return [...readFileSync(file, 'utf8').matchAll(/\bfailpoint\('([a-z]+)\./g)].map(([, prefix]) => ({
        owner,
        prefix,
      }));
    });
    expect(owners.filter(({ owner, prefix }) => owner !== prefix)).toEqual([]);
  });
});

function sourcesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));
}
