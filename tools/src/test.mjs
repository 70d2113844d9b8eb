// @ts-check
// `npm test`: installs and builds what is missing, runs every suite, and ends with "N passed, N failed".
// `npm test -- unit int` runs only these; `npm test -- proof` what takes too long for every change.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { say } from './console.mjs';
import { installPackages } from './install.mjs';
import { ROOT } from './paths.mjs';
import { explain, Problem } from './problem.mjs';
import { ensurePythonTool, MOTO, SCHEMATHESIS } from './python-tools.mjs';

const JEST = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Record<string, { title: string, run: (folder: string) => Promise<Counts> }>} */
const SUITES = {
  tools: { title: 'npm start, the servers and the partyline command', run: runNodeTests },
  unit: { title: 'domain, carriers and contracts', run: (folder) => runJest('unit', folder, []) },
  int: {
    title: 'services against real servers',
    run: (folder) => runJest('int', folder, ['--maxWorkers=2']),
  },
  e2e: {
    title: 'the whole product, in a browser and under faults',
    run: (folder) => runJest('e2e', folder, ['--runInBand']),
  },
  proof: {
    title: 'every failpoint, seeded bugs, made-up API requests: some ten minutes',
    run: (folder) => runJest('proof', folder, ['--runInBand']),
  },
};

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit status
 */
function run(args, env = process.env) {
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

/** @param {string} folder */
async function runNodeTests(folder) {
  const report = join(folder, 'tools.tap');
  const reporters = ['spec', 'stdout', 'tap', report].map((value, i) =>
    i % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
  );
  const files = readdirSync(join(ROOT, 'tools/test')).filter((name) => name.endsWith('.test.mjs'));
  const status = await run(['--test', ...reporters, ...files.map((name) => `tools/test/${name}`)]);
  const tap = readFileSync(report, 'utf8');
  const count = (/** @type {string} */ word) =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const counts = {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped'),
  };
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {string} project
 * @param {string} folder
 * @param {string[]} more
 */
async function runJest(project, folder, more) {
  const report = join(folder, `${project}.json`);
  const status = await run([
    ...JEST,
    '--selectProjects',
    project,
    '--json',
    `--outputFile=${report}`,
    ...more,
  ]);
  /** @type {any} */
  let result = {};
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    // Jest ended before it could report: the status below counts as a failure.
  }
  const failed = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
  return {
    passed: result.numPassedTests ?? 0,
    failed: status !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests ?? 0,
  };
}

/** @param {string[]} names */
async function main(names) {
  const chosen = names.length > 0 ? names : Object.keys(SUITES).filter((name) => name !== 'proof');
  for (const name of chosen) {
    if (!SUITES[name])
      throw new Problem(`There is no suite "${name}". Choose from: ${Object.keys(SUITES).join(', ')}.`);
  }
  await installPackages(process.env, say);
  // The gateway's int tests and the whole product run what was built.
  if (chosen.some((name) => name === 'int' || name === 'e2e' || name === 'proof'))
    await buildAll(process.env, say);
  if (chosen.includes('e2e')) await ensureChromium(process.env, say);
  if (chosen.includes('int')) await ensurePythonTool(MOTO, process.env, say);
  if (chosen.includes('proof')) await ensurePythonTool(SCHEMATHESIS, process.env, say);
  const folder = mkdtempSync(join(tmpdir(), 'partyline-test-'));
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const name of chosen) {
      const suite = /** @type {(typeof SUITES)[string]} */ (SUITES[name]);
      say(`\n== ${name}: ${suite.title}`);
      const counts = await suite.run(folder);
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (total.skipped > 0) say(`\n${total.skipped} skipped; each says above why.`);
  say(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0;
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
