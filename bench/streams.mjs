// @ts-check
// `npm run bench -- streams`: many live streams on one gateway, their memory, and how late texts reach all. README.md.
import { randomUUID } from 'node:crypto';
import { Agent, get } from 'node:http';
import { parseArgs } from 'node:util';
import { percentile, webhook } from './load.mjs';
import { startProduct } from './product.mjs';

/** The gateway allows so many for one person. */
const STREAMS_EACH = 20;
const PASSWORD = 'a password of the bench';
const INBOX = 'support';

/** @param {string} api @param {Record<string, string>} headers @param {string} path @param {string} method @param {unknown} body */
async function ask(api, headers, method, path, body) {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** @param {string} text @param {string} name */
const gauge = (text, name) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1]);

/** Resident memory and heap in use of the gateway, MB. @param {string} url */
async function memory(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  const mb = (/** @type {string} */ name) => gauge(text, name) / 1024 / 1024;
  return { rss: mb('process_resident_memory_bytes'), heap: mb('nodejs_heap_size_used_bytes') };
}

/** Gives up after a minute. @param {() => boolean} condition */
async function until(condition) {
  for (const end = Date.now() + 60_000; !condition() && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** @param {string[]} args */
export async function main(args) {
  const { values } = parseArgs({
    args,
    options: {
      streams: { type: 'string', default: '2000' },
      rate: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '20' },
    },
  });
  const [streams, rate, seconds] = [Number(values.streams), Number(values.rate), Number(values.seconds)];
  console.log('Starting the product …');
  const product = await startProduct();
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  try {
    const { target } = product;
    const { origin } = new URL(target.events);
    const api = `${origin}/api/v1`;
    const people = Math.ceil(streams / STREAMS_EACH);
    console.log(`Adding ${people} people …`);
    /** @type {string[]} */
    const tokens = [];
    /** @type {string[]} */
    const ids = [];
    for (let i = 0; i < people; i += 1) {
      const email = `bench-${i}@example.com`;
      const user = { email, name: `Bench ${i}`, roleId: 'member', password: PASSWORD };
      ids.push((await ask(api, target.headers, 'POST', '/admin/users', user)).id);
    }
    const department = await ask(api, target.headers, 'GET', `/admin/departments/${INBOX}`, undefined);
    await ask(api, target.headers, 'PATCH', `/admin/departments/${INBOX}`, {
      memberIds: [...department.memberIds, ...ids],
    });
    for (let i = 0; i < people; i += 1) {
      const email = `bench-${i}@example.com`;
      tokens.push((await ask(api, {}, 'POST', '/auth/login', { email, password: PASSWORD })).accessToken);
    }
    const before = await memory(origin);

    /** When each text was sent, and how many have it. @type {Map<string, { at: number, reached: number }>} */
    const sent = new Map();
    /** @type {number[]} */
    const latencies = [];
    let open = 0;
    let ended = 0;
    for (let i = 0; i < streams; i += 1) {
      const headers = { authorization: `Bearer ${tokens[i % people]}` };
      get(target.events, { agent, headers }, (response) => {
        if (response.statusCode !== 200) throw new Error(`a stream was refused with ${response.statusCode}`);
        open += 1;
        let rest = '';
        /** @type {Set<string>} */
        const seen = new Set();
        response.setEncoding('utf8').on('data', (chunk) => {
          rest += chunk;
          for (const [, id = ''] of rest.matchAll(/bench:([0-9a-f-]{36})/g)) {
            const text = sent.get(id);
            if (!text || seen.has(id)) continue;
            seen.add(id);
            text.reached += 1;
            latencies.push(performance.now() - text.at);
          }
          rest = rest.slice(-64);
        });
        response.on('end', () => (ended += 1));
      });
      if (i % 100 === 99) process.stdout.write(`  ${i + 1} of ${streams} streams …\n`);
      await until(() => i - open <= 50);
    }
    await until(() => open === streams);
    const opened = await memory(origin);

    console.log(`${rate} texts/s for ${seconds} s …`);
    const begin = performance.now();
    for (let i = 0; i < rate * seconds; i += 1) {
      const wait = begin + (i * 1000) / rate - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const id = randomUUID();
      const { path, headers, body } = webhook(target, `+1646${String(3_000_000 + i)}`, `bench:${id}`);
      sent.set(id, { at: performance.now(), reached: 0 });
      const answer = await fetch(target.hooks + path, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`a text was refused with ${answer.status}`);
    }
    const all = streams * sent.size;
    await until(() => latencies.length >= all);
    const loaded = await memory(origin);
    const each = (/** @type {number} */ mb) => ((mb * 1024) / streams).toFixed(1);
    console.table({
      'before, MB': { rss: before.rss.toFixed(0), heap: before.heap.toFixed(0) },
      [`${streams} streams, MB`]: { rss: opened.rss.toFixed(0), heap: opened.heap.toFixed(0) },
      'after the texts, MB': { rss: loaded.rss.toFixed(0), heap: loaded.heap.toFixed(0) },
      'one stream, KB': { rss: each(opened.rss - before.rss), heap: each(opened.heap - before.heap) },
    });
    console.log(
      `${sent.size} texts to ${streams} streams: ${latencies.length} of ${all} arrived, ${ended} streams ended; ` +
        `ms from the webhook to each stream: p50 ${percentile(latencies, 0.5).toFixed(0)}, p99 ${percentile(latencies, 0.99).toFixed(0)}`,
    );
    if (latencies.length < all) process.exitCode = 1;
  } finally {
    agent.destroy();
    await product.stop();
  }
}
