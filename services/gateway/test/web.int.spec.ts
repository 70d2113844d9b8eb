import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freshDbPrefix, mongoUrl } from '@partyline/testing';
import { validate } from '@readme/openapi-parser';
import { startGateway } from './support/gateway-process.js';
import { startWorld, type World } from './support/world.js';

jest.setTimeout(60_000);

let world: World;
let dist: string;
let simulator: Server;

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'partyline-web-'));
  await mkdir(join(dist, 'assets'));
  const script = 'console.log("the client")';
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Partyline</title>');
  await writeFile(join(dist, 'assets', 'index-abc123.js'), script);
  await writeFile(join(dist, 'assets', 'index-abc123.js.br'), brotliCompressSync(script));
  await writeFile(join(dist, 'assets', 'index-abc123.js.gz'), gzipSync(script));
  await writeFile(join(dist, 'sw.js'), 'self.skipWaiting()');
  simulator = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ method: request.method, url: request.url, body }));
    })();
  }).listen(0, '127.0.0.1');
  await once(simulator, 'listening');
  const { port } = simulator.address() as AddressInfo;
  world = await startWorld({ WEB_DIST: dist, SIMULATOR_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await world.stop();
  simulator.close();
  await rm(dist, { recursive: true });
});

const page = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${world.gateway.url}${path}`, { headers: { accept: 'text/html', ...headers } });

describe('the client', () => {
  it('is served at its own addresses, never from a cache without asking', async () => {
    for (const path of ['/', '/inboxes/department-support', '/simulator', '/sign-in?next=%2F']) {
      const response = await page(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      expect(await response.text()).toContain('<title>Partyline</title>');
    }
    expect((await page('/sw.js')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('has its assets for a year, precompressed (%s)', async (accepted, encoding) => {
    const response = await page('/assets/index-abc123.js', { 'accept-encoding': accepted });
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(await response.text()).toContain('the client');
  });

  it.each(['/assets/gone-123.js', '/api/v1/nothing', '/api', '/assets/..%2f..%2fpackage.json', '/%E0%A4%A'])(
    'is not what %s asks for',
    async (path) => {
      const { status } = await page(path);
      expect([400, 404]).toContain(status);
    },
  );

  it('does not let scripts and frames of others in', async () => {
    const { headers } = await page('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("img-src 'self' data: blob:");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.has('strict-transport-security')).toBe(false);
  });

  it('insists on https, and so do its cookies, where people come by https', async () => {
    const secure = await world.startReplica({ PARTYLINE_PUBLIC_URL: 'https://partyline.example.com' });
    const { headers } = await fetch(secure.url);
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    const client = await world.signedIn('ada', secure.url);
    for (const { attributes } of client.cookies.values()) expect(attributes).toContain('Secure');
    await secure.stop();
  });

  it('that is not built is missed in a plain sentence', async () => {
    const bare = await world.startReplica({ WEB_DIST: join(dist, 'nowhere') });
    const response = await fetch(bare.url);
    expect(await response.text()).toContain('The web client is not built');
    await bare.stop();
  });
});

describe('the simulator', () => {
  it('is behind our own address in the demo, bodies and all', async () => {
    const response = await fetch(`${world.gateway.url}/simulator/api/texts?x=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'hello' }),
    });
    expect(await response.json()).toEqual({
      method: 'POST',
      url: '/api/texts?x=1',
      body: '{"text":"hello"}',
    });
    const media = await fetch(`${world.gateway.url}/simulator/media/1`);
    expect(await media.json()).toMatchObject({ url: '/media/1' });
  });
});

describe('the documentation', () => {
  it('is a valid OpenAPI 3.1 document of every address, with schemas, security and problems', async () => {
    const response = await fetch(`${world.gateway.url}/openapi.json`);
    const text = await response.text();
    const document = JSON.parse(text) as Record<string, object>;
    // The validator works on the document that it is given.
    const result = await validate(JSON.parse(text) as Parameters<typeof validate>[0]);
    expect(result).toMatchObject({ valid: true, specification: 'OpenAPI' });
    expect(document.openapi).toBe('3.1.0');
    const paths = Object.keys(document.paths ?? {});
    expect(paths).toEqual(
      expect.arrayContaining([
        '/api/v1/auth/login',
        '/api/v1/events',
        '/api/v1/inboxes/{id}/conversations',
        '/api/v1/conversations/{id}/reply',
        '/api/v1/admin/welcome-menus/{id}',
        '/api/v1/admin/messages/{id}/trace',
      ]),
    );
    expect(paths.filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);
    expect(document).toMatchObject({
      components: {
        securitySchemes: { bearer: { scheme: 'bearer' }, cookie: { in: 'cookie' } },
        schemas: { Problem: { properties: { code: { enum: expect.arrayContaining(['STALE']) } } } },
      },
    });
  });

  it('shows the reply with its body, its key, its conflicts and an example', async () => {
    const response = await fetch(`${world.gateway.url}/openapi.json`);
    const { paths, components } = (await response.json()) as Record<
      string,
      Record<string, Record<string, unknown>>
    >;
    const reply = paths?.['/api/v1/conversations/{id}/reply']?.post;
    expect(reply).toMatchObject({
      requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Reply' } } } },
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: false }),
        expect.objectContaining({ name: 'id', in: 'path', required: true }),
      ]),
      responses: {
        200: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/CommandAccepted' } } },
        },
        409: {
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
        504: {},
      },
      security: [{ bearer: [] }, { cookie: [] }],
    });
    expect(components?.schemas?.Reply).toMatchObject({
      properties: { text: { maxLength: 1600 } },
      example: { text: 'On our way!' },
    });
    const list = paths?.['/api/v1/inboxes/{id}/conversations']?.get;
    expect(list).toMatchObject({
      parameters: expect.arrayContaining([
        expect.objectContaining({ name: 'limit', in: 'query', required: false }),
        expect.objectContaining({ name: 'owner', in: 'query', required: false }),
      ]),
    });
  });

  it('can be read in a browser, without scripts of others or inline ones', async () => {
    const response = await page('/docs');
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain('swagger-ui');
    expect(html).not.toMatch(/<script>(?!\s*<)/);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect((await fetch(`${world.gateway.url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
    expect((await fetch(`${world.gateway.url}/docs/swagger-ui-init.js`)).status).toBe(200);
  });
});

describe('starting', () => {
  const env = (): Record<string, string> => ({
    MONGODB_URL: mongoUrl(),
    MONGODB_DB_PREFIX: freshDbPrefix(),
    NATS_URL: world.nats.urls.gateway,
  });
  const secret = 'x7'.repeat(20);

  it.each([
    ['the demo', { PARTYLINE_DEMO: '1', PARTYLINE_JWT_SECRET: secret }, /PARTYLINE_DEMO/],
    ['no secret', {}, /PARTYLINE_JWT_SECRET is missing/],
    ['a short secret', { PARTYLINE_JWT_SECRET: 'x'.repeat(31) }, /PARTYLINE_JWT_SECRET is too short/],
  ])('in production is refused with %s', async (_label, change, sentence) => {
    await expect(startGateway({ ...env(), NODE_ENV: 'production', ...change })).rejects.toThrow(sentence);
  });

  it('without the demo makes the first Admin who was asked for', async () => {
    const gateway = await startGateway({
      ...env(),
      NODE_ENV: 'production',
      PARTYLINE_JWT_SECRET: secret,
      PARTYLINE_TENANT_NAME: 'Acme',
      PARTYLINE_ADMIN_EMAIL: 'boss@acme.example',
      PARTYLINE_ADMIN_PASSWORD: 'a long password',
    });
    expect(gateway.log.join('\n')).toContain('first Admin boss@acme.example');
    expect(gateway.log.join('\n')).not.toContain('a long password');
    const { body } = await world.client(gateway.url).signIn('boss@acme.example', 'a long password');
    expect(body).toMatchObject({ me: { tenant: { name: 'Acme' }, role: { id: 'admin' }, demo: false } });
    expect((await fetch(`${gateway.url}/simulator/api/texts`)).status).toBe(404);
    expect(await gateway.stop()).toBe(0);
  });

  it('is alive and ready', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      expect((await fetch(`${world.gateway.url}${path}`)).status).toBe(200);
    }
  });
});
