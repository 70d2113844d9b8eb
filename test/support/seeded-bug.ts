import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PRELOAD = fileURLToPath(new URL('../preload/seeded-bug.mjs', import.meta.url));

/** A mistake that somebody could make, as a change of the built code. */
export interface SeededBug {
  /** Whose process has it. */
  readonly service: string;
  /** From the root. */
  readonly file: string;
  /** Each `find` stands in the file exactly once. */
  readonly changes: readonly { readonly find: string; readonly replace: string }[];
}

/** Where the built `code` is no longer what the bug was written for. */
export function driftOf({ file, changes }: SeededBug, code: string): string[] {
  return changes.flatMap(({ find }) => {
    const times = code.split(find).length - 1;
    return times === 1 ? [] : [`${file} has "${find}" ${times} times: bring the seeded bug up to it`];
  });
}

/** Puts one bug at a time into the services of a stack that was started with `env`, from their next start on. */
export class BugSwitch {
  private readonly folder = mkdtempSync(join(tmpdir(), 'partyline-bug-'));
  private readonly file = join(this.folder, 'bug.json');

  get env(): NodeJS.ProcessEnv {
    return { NODE_OPTIONS: `--import=${PRELOAD}`, PARTYLINE_TEST_BUG: this.file };
  }

  /** Throws where the code is not what the bug was written for: a bug that changes nothing would prove nothing. */
  on(bug: SeededBug): void {
    const [drift] = driftOf(bug, readFileSync(join(ROOT, bug.file), 'utf8'));
    if (drift !== undefined) throw new Error(drift);
    writeFileSync(this.file, JSON.stringify(bug));
  }

  off(): void {
    rmSync(this.file, { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
