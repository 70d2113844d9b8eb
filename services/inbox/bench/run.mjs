// @ts-check
// `npm run bench -- inbox`: whether the inbox stays as fast as it was with few conversations. What it means: README.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServers } from '../../../tools/src/servers/index.mjs';
import { generate } from './generate.mjs';
import { hotConversation, hotInbox } from './hot.mjs';
import { measure } from './measure.mjs';
import { startInbox } from './service.mjs';

const say = (/** @type {string} */ line) => console.log(`  ${line}`);

/** @param {string[]} args */
async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: '1000,100000' },
      times: { type: 'string', default: '300' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const folder = mkdtempSync(join(tmpdir(), 'partyline-bench-'));
  /** @type {(() => Promise<void>)[]} */
  const stops = [];
  try {
    /** @type {import('./measure.mjs').Side[]} */
    const sides = [];
    for (const size of sizes) {
      console.log(`${size} conversations`);
      // Servers of its own: no size finds in memory what another one read.
      const servers = await startServers({ dataDir: join(folder, String(size)), say, env: withoutUrls() });
      stops.push(() => servers.stop());
      await generate({ mongodbUrl: servers.mongodbUrl, database: 'bench_inbox', size, say });
      const inbox = await startInbox(servers, 'bench');
      stops.push(() => inbox.stop());
      sides.push({ size, inbox });
    }
    report(sizes, await measure(sides, Number(values.times)));
    const largest = sides.at(-1);
    if (!largest) return;
    const { inbox, size } = largest;
    console.log(
      `\n${size} conversations, and one contact who sends 200 texts/s to one number for 10 s: ms until each is known`,
    );
    console.table([
      rounded(await hotConversation(inbox, { customer: size + 5_000, rate: 200, seconds: 10 })),
    ]);
    console.log(
      `\n${size} conversations, and 50 people who take one of the 10 longest waits, again and again for 10 s: ms`,
    );
    console.table([rounded(await hotInbox(inbox, { seconds: 10, top: 10 }))]);
  } finally {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function withoutUrls() {
  const { MONGODB_URL: _mongodb, NATS_URL: _nats, REDIS_URL: _redis, ...env } = process.env;
  return env;
}

/**
 * @param {readonly number[]} sizes
 * @param {Record<string, Map<number, import('./measure.mjs').Latency>>} results
 */
function report(sizes, results) {
  /** @type {Record<string, Record<string, string>>} */
  const table = {};
  for (const [name, latencies] of Object.entries(results)) {
    const smallest = latencies.get(sizes[0] ?? 0);
    const row = (table[name] = /** @type {Record<string, string>} */ ({}));
    for (const size of sizes) {
      const { p50, p99 } = latencies.get(size) ?? { p50: Number.NaN, p99: Number.NaN };
      row[`${size}: p50`] = p50.toFixed(1);
      row[`${size}: p99`] = p99.toFixed(1);
      if (smallest && size !== sizes[0]) row[`${size}: ratio of p50`] = (p50 / smallest.p50).toFixed(2);
    }
  }
  console.log('\nMilliseconds');
  console.table(table);
}

/** @param {Record<string, number>} row */
const rounded = (row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, number]) => [
      name,
      Number.isInteger(number) ? number : Number(number.toFixed(1)),
    ]),
  );

await main(process.argv.slice(2));
