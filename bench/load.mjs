// @ts-check
// The load and the clocks. Everything goes to loopback and stops by itself.
import { createHmac, randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

/** @typedef {{ hooks: string, path: string, secret: string, events: string, headers: Record<string, string> }} Target */

/** @param {Target} target @param {string} from @param {string} text */
export function webhook(target, from, text) {
  const id = randomUUID();
  const body = JSON.stringify({
    type: 'message.received',
    data: { id, from, to: '+12125550101', text, media: [] },
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', target.secret).update(`${id}.${timestamp}.${body}`).digest('base64');
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
  return { method: /** @type {const} */ ('POST'), path: target.path, headers, body };
}

const peer = (/** @type {number} */ i) => `+1646${String(2_000_000 + (i % 5_000_000))}`;

/** @param {number[]} values @param {number} q */
export function percentile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

/**
 * Signed webhooks over 16 connections for `seconds`.
 * @param {Target} target @param {number} seconds
 */
export async function accepted(target, seconds) {
  let count = 0;
  const start = Math.floor(Math.random() * 1_000_000);
  const result = await autocannon({
    url: target.hooks,
    connections: 16,
    duration: seconds,
    requests: [
      { setupRequest: (request) => ({ ...request, ...webhook(target, peer(start + count++), 'bench') }) },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

/**
 * `rate` texts a second; milliseconds from sending each webhook to its live event.
 * @param {Target} target @param {number} seconds @param {number} rate
 */
export async function textToBrowser(target, seconds, rate = 50) {
  const abort = new AbortController();
  const stream = await fetch(target.events, { headers: target.headers, signal: abort.signal });
  if (!stream.ok || !stream.body) throw new Error(`the live stream answered ${stream.status}`);
  /** @type {Map<string, number>} */
  const sent = new Map();
  /** @type {number[]} */
  const latencies = [];
  const listening = (async () => {
    let rest = '';
    for await (const chunk of /** @type {any} */ (stream.body.pipeThrough(new TextDecoderStream()))) {
      const now = performance.now();
      rest += chunk;
      for (const marker of rest.matchAll(/bench:([0-9a-f-]{36})/g)) {
        const at = sent.get(marker[1] ?? '');
        if (at !== undefined) latencies.push(now - at);
        sent.delete(marker[1] ?? '');
      }
      rest = rest.slice(-64);
    }
  })().catch(() => undefined);

  const total = seconds * rate;
  const begin = performance.now();
  for (let i = 0; i < total; i += 1) {
    const wait = begin + (i * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((resume) => setTimeout(resume, wait));
    const marker = randomUUID();
    const { path, headers, body } = webhook(target, peer(i), `bench:${marker}`);
    sent.set(marker, performance.now());
    void fetch(target.hooks + path, { method: 'POST', headers, body }).then((answer) => answer.arrayBuffer());
  }
  for (const end = Date.now() + 20_000; sent.size > 0 && Date.now() < end;)
    await new Promise((r) => setTimeout(r, 50));
  abort.abort();
  await listening;
  if (sent.size > 0) throw new Error(`${sent.size} of ${total} texts did not reach the browser within 20 s`);
  return { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}
