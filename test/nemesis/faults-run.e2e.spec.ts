import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** In minutes; longer ones are run by hand (docs/promise.md). */
const LENGTH = '1';

describe('the whole product under faults', () => {
  it('loses nothing, shows nothing twice and has one owner for everything', async () => {
    const seed = process.env['PARTYLINE_FAULTS_SEED'];
    const args = ['test/nemesis/run.mjs', '--minutes', LENGTH, ...(seed ? ['--seed', seed] : [])];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    process.stderr.write(stdout);
    expect(stdout).toMatch(/^faults [1-9]\d*, webhooks [1-9]\d*, lost 0, duplicated 0, double owners 0$/m);
    expect(stdout).toMatch(/^over SMPP: texts [1-9]/m);
  }, 600_000);
});
