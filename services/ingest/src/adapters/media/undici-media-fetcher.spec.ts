import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Resolver } from '@partyline/carriers';
import { MediaFetchOptions, UndiciMediaFetcher } from './undici-media-fetcher.js';

const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d494844520000000100000001080600000 01f15c4890000000049454e44ae426082'.replaceAll(
    ' ',
    '',
  ),
  'hex',
);
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server on this machine, and how often anybody connected to it. */
async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen = { connections: 0, headers: [] as IncomingMessage['headers'][] };
  const server = createServer((request, response) => {
    seen.headers.push(request.headers);
    answer(request, response);
  });
  server.on('connection', () => (seen.connections += 1));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(
    () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, seen };
}

function fetcher(options: Partial<MediaFetchOptions> = {}) {
  const { allowedOrigins = new Set<string>(), resolver, timeoutMs, mostBytes } = options;
  const made = new UndiciMediaFetcher(new MediaFetchOptions(allowedOrigins, resolver, timeoutMs, mostBytes));
  closing.push(() => made.onModuleDestroy());
  return made;
}
const resolvesTo =
  (...addresses: string[]): Resolver =>
  (_hostname, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
const none = () => ({});

describe('UndiciMediaFetcher', () => {
  it('fetches from an allowed origin and sniffs the type', async () => {
    const { origin } = await serving((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(PNG),
    );
    const fetched = await fetcher({ allowedOrigins: new Set([origin]) }).fetch(`${origin}/cat`, none);
    expect(fetched).toEqual({ contentType: 'image/png', body: PNG });
  });

  it('calls what it does not know a stream of bytes, whatever the carrier calls it', async () => {
    const { origin } = await serving((_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('<script>alert(1)</script>'),
    );
    const fetched = await fetcher({ allowedOrigins: new Set([origin]) }).fetch(origin, none);
    expect(fetched).toMatchObject({ contentType: 'application/octet-stream' });
  });

  it.each([
    'http://example.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::127.0.0.1]/',
    'https://ｌｏｃａｌｈｏｓｔ/',
    'https://0/',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'cat.jpg',
  ])('refuses %s without connecting', async (url) => {
    expect(await fetcher().fetch(url, none)).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['a private address', ['127.0.0.1']],
    ['one private address among public ones', ['93.184.216.34', '10.0.0.1']],
    ['a wrapped private address', ['::ffff:127.0.0.1']],
    ['an address behind a translator', ['64:ff9b::a9fe:a9fe']],
    ['an address of a carrier’s own network', ['100.64.0.1']],
    ['a unique local address', ['fd00:ec2::254']],
    ['the address of nothing', ['0.0.0.0']],
    ['nothing', []],
  ])('refuses a name of %s without connecting', async (_case, addresses) => {
    const { port, seen } = await serving((_request, response) => response.end(PNG));
    const fetched = await fetcher({ resolver: resolvesTo(...addresses) }).fetch(
      `https://cat.example:${port}/`,
      none,
    );
    expect(fetched).toMatchObject({ kind: 'refused', reason: '"cat.example" is not on the public internet' });
    expect(seen.connections).toBe(0);
  });

  it('asks for the address once per connection, so that a name cannot change it after the check', async () => {
    const { port, seen } = await serving((_request, response) => response.end(PNG));
    const answers = [['203.0.114.1'], ['127.0.0.1']];
    let asked = 0;
    const rebinding: Resolver = (hostname, done) =>
      resolvesTo(...(answers[asked++] ?? ['127.0.0.1']))(hostname, done);
    const guarded = fetcher({ resolver: rebinding, timeoutMs: 200 });
    expect(await guarded.fetch(`https://cat.example:${port}/`, none)).toMatchObject({ kind: 'unavailable' });
    expect(asked).toBe(1);
    expect(await guarded.fetch(`https://cat.example:${port}/`, none)).toMatchObject({ kind: 'refused' });
    expect(seen.connections).toBe(0);
  });

  it('follows a redirect with the credentials of the new host only', async () => {
    const store = await serving((_request, response) => response.end(PNG));
    const api = await serving((_request, response) =>
      response.writeHead(307, { location: `${store.origin}/x` }).end(),
    );
    const allowedOrigins = new Set([api.origin, store.origin]);
    const fetched = await fetcher({ allowedOrigins }).fetch(`${api.origin}/m`, (url) =>
      url.origin === api.origin ? { authorization: 'Basic hush' } : {},
    );
    expect(fetched).toMatchObject({ contentType: 'image/png' });
    expect(api.seen.headers[0]?.authorization).toBe('Basic hush');
    expect(store.seen.headers[0]?.authorization).toBeUndefined();
  });

  it('does not follow a redirect into the company', async () => {
    const inside = await serving((_request, response) => response.end(PNG));
    const { origin } = await serving((_request, response) =>
      response.writeHead(302, { location: `${inside.origin}/admin` }).end(),
    );
    const fetched = await fetcher({ allowedOrigins: new Set([origin]) }).fetch(origin, none);
    expect(fetched).toMatchObject({ kind: 'refused' });
    expect(inside.seen.connections).toBe(0);
  });

  it.each([
    'http://files.example/cat',
    'ftp://files.example/cat',
    'https://user:word@10.0.0.1/',
    '//10.0.0.1/',
  ])('does not follow a redirect to %s', async (location) => {
    const { origin } = await serving((_request, response) => response.writeHead(302, { location }).end());
    const fetched = await fetcher({ allowedOrigins: new Set([origin]) }).fetch(origin, none);
    expect(fetched).toMatchObject({ kind: 'refused' });
  });

  it('makes nothing of a name and a password in an address', async () => {
    const { origin, seen } = await serving((_request, response) => response.end(PNG));
    const allowed = fetcher({ allowedOrigins: new Set([origin]) });
    await allowed.fetch(origin.replace('//', '//somebody:secret@'), none);
    expect(seen.headers[0]).not.toHaveProperty('authorization');
    const fooled = await allowed.fetch(`https://${new URL(origin).host}@10.0.0.1/`, none);
    expect(fooled).toMatchObject({ kind: 'refused' });
  });

  it('gives up on endless redirects', async () => {
    const { origin, seen } = await serving((_request, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    );
    const fetched = await fetcher({ allowedOrigins: new Set([origin]) }).fetch(origin, none);
    expect(fetched).toMatchObject({ kind: 'refused', reason: expect.stringContaining('redirected') });
    expect(seen.headers).toHaveLength(4);
  });

  it.each([
    [
      'says',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-length': 2_000 }).end(Buffer.alloc(2_000)),
    ],
    [
      'sends',
      (response: ServerResponse) =>
        void response.write(Buffer.alloc(600), () => response.end(Buffer.alloc(600))),
    ],
  ])('refuses what %s that it is too large', async (_case, answer) => {
    const { origin } = await serving((_request, response) => void answer(response));
    const fetched = await fetcher({ allowedOrigins: new Set([origin]), mostBytes: 1_000 }).fetch(
      origin,
      none,
    );
    expect(fetched).toMatchObject({ kind: 'refused', reason: 'it is larger than 1000 bytes' });
  });

  it('may try again later after a time-out, an error or nothing there yet', async () => {
    const silent = await serving(() => undefined);
    const missing = await serving((_request, response) => response.writeHead(404).end());
    const allowedOrigins = new Set([silent.origin, missing.origin]);
    const patient = fetcher({ allowedOrigins, timeoutMs: 200 });
    expect(await patient.fetch(silent.origin, none)).toMatchObject({ kind: 'unavailable' });
    expect(await patient.fetch(missing.origin, none)).toMatchObject({
      kind: 'unavailable',
      reason: 'the carrier answered 404',
    });
  });
});
