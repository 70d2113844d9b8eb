import type { Failpoint } from '@partyline/kernel';
import type { Scene } from './scene.js';

/** One death: where, and what brings a process there. */
export interface Scenario {
  readonly at: Failpoint;
  /** What goes on meanwhile, as words behind "while". */
  readonly meanwhile: string;
  /** Brings it about, again and again until it happened; `tag` marks in the ledger what belongs to it. */
  readonly flow: (scene: Scene, tag: string) => Promise<unknown>;
  /** How long one flow may take to get there before it is repeated, milliseconds. */
  readonly patienceMs?: number;
}

/** `FAILPOINT=inbox.texts-taken npm run jest -- test/failpoints --selectProjects proof` dies there alone; several with commas. */
export const ONLY = process.env['FAILPOINT']?.split(',');

export const tagOf = ({ at, meanwhile }: Scenario): string => `${at} while ${meanwhile}`;

/** A death at each of `names` during the same flow. */
export function deathsWhile(
  meanwhile: string,
  flow: Scenario['flow'],
  names: readonly Failpoint[],
  patienceMs?: number,
): Scenario[] {
  return names
    .filter((name) => ONLY === undefined || ONLY.includes(name))
    .map((name) => ({ at: name, meanwhile, flow, ...(patienceMs === undefined ? {} : { patienceMs }) }));
}
