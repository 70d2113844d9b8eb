import { randomInt } from 'node:crypto';

/**
 * How much is tried: PARTYLINE_MODEL_RUNS histories (a number that CI has the time for unless given), and which:
 * PARTYLINE_MODEL_SEED, printed by every run, gives the same ones again.
 */
export function runSettings(what: string, usualRuns: number): { seed: number; numRuns: number } {
  const seed = Number(process.env['PARTYLINE_MODEL_SEED'] ?? randomInt(2 ** 31));
  const numRuns = Number(process.env['PARTYLINE_MODEL_RUNS'] ?? usualRuns);
  process.stderr.write(`${what}: ${numRuns} histories, PARTYLINE_MODEL_SEED=${seed}\n`);
  return { seed, numRuns };
}
