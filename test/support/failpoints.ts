import type { Failpoint } from '@partyline/kernel';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Failpoints of all processes that get `env`: armed here, hit there, where the process kills itself. */
export class Failpoints {
  private readonly folder = mkdtempSync(join(tmpdir(), 'partyline-failpoints-'));

  constructor() {
    for (const name of ['armed', 'fired']) mkdirSync(join(this.folder, name));
  }

  get env(): NodeJS.ProcessEnv {
    return { PARTYLINE_FAILPOINTS: this.folder };
  }

  /** The process that hits it for the `hits`-th time from now dies there. */
  arm(name: Failpoint, hits = 1): void {
    rmSync(join(this.folder, 'fired', name), { force: true });
    writeFileSync(join(this.folder, 'armed', name), String(hits));
  }

  disarm(name: Failpoint): void {
    rmSync(join(this.folder, 'armed', name), { force: true });
  }

  hasFired(name: Failpoint): boolean {
    return existsSync(join(this.folder, 'fired', name));
  }

  get fired(): string[] {
    return readdirSync(join(this.folder, 'fired'));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
