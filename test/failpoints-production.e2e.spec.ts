import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Failpoints } from './support/failpoints.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('..', import.meta.url));

describe('in production', () => {
  it.each(['ingest', 'routing', 'inbox', 'delivery', 'notify', 'gateway'])(
    '%s refuses to start where failpoints are asked for',
    async (service) => {
      const env = { NODE_ENV: 'production', PARTYLINE_FAILPOINTS: '/nowhere', PORT: '0' };
      const started = run(process.execPath, [`services/${service}/dist/main.js`], { cwd: ROOT, env });
      await expect(started).rejects.toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`${service}: This service refuses to start: PARTYLINE_FAILPOINTS`),
      });
    },
    60_000,
  );

  it.each([
    ['production', 'goes on'],
    ['development', 'dies'],
  ])('a process with NODE_ENV=%s that hits an armed failpoint %s', async (environment, fate) => {
    const failpoints = new Failpoints();
    try {
      failpoints.arm('inbox.texts-taken');
      const script = `
        import { failpoint } from './libs/kernel/dist/index.js';
        failpoint('inbox.texts-taken');
        process.stdout.write('goes on');`;
      const env = { ...failpoints.env, NODE_ENV: environment };
      const ended = await run(process.execPath, ['--input-type=module', '-e', script], {
        cwd: ROOT,
        env,
      }).then(
        ({ stdout }) => stdout,
        ({ signal }: { signal: string }) => (signal === 'SIGKILL' ? 'dies' : signal),
      );
      expect(ended).toBe(fate);
      expect(failpoints.hasFired('inbox.texts-taken')).toBe(fate === 'dies');
    } finally {
      failpoints.remove();
    }
  });

  it('images hold neither the seeded bugs nor anything else of the tests', () => {
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n');
    expect(ignored).toContain('test');
    expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).toMatch(/^ENV NODE_ENV=production\b/m);
  });
});
