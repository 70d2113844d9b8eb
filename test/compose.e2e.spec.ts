import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { refusalOf } from './support/built-service.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

interface Compose {
  services: Record<string, { command?: string[]; environment?: Record<string, string | number> }>;
}

/** docker-compose.yml as an engine reads it with these variables set: `${A:-b}` and `${A-b}`. */
function compose(variables: Readonly<Record<string, string>>): Compose {
  const text = read('docker-compose.yml').replace(
    /\$\{(\w+)(:?)-([^}]*)\}/g,
    (_, name: string, orEmpty: string, otherwise: string) => {
      const value = variables[name];
      return value === undefined || (orEmpty && value === '') ? otherwise : value;
    },
  );
  return parse(text, { merge: true }) as Compose;
}

/** The folder of a service of ours, by what its container runs, and its environment. */
function processesOf({ services }: Compose) {
  return Object.entries(services).flatMap(([name, { command, environment }]) => {
    const folder = /^(.*)\/dist\/main\.js$/.exec(command?.[1] ?? '')?.[1];
    const env = Object.entries(environment ?? {}).map(([key, value]) => [key, String(value ?? '')]);
    return folder ? [{ name, folder, env: Object.fromEntries(env) as Record<string, string> }] : [];
  });
}

const example = Object.fromEntries(
  read('.env.example')
    .split('\n')
    .filter((line) => /^\w+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
) as Record<string, string>;

const natsPasswords = Object.keys(example).filter((name) => /^NATS_\w+_PASSWORD$/.test(name));

const filled = {
  ...example,
  ...Object.fromEntries(natsPasswords.map((name) => [name, `own-${name}`])),
  PARTYLINE_ADMIN_EMAIL: 'you@example.com',
  PARTYLINE_ADMIN_PASSWORD: 'a long password',
  PARTYLINE_SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
  PARTYLINE_JWT_SECRET: 'x'.repeat(40),
  PARTYLINE_VAPID_PUBLIC: 'public',
  PARTYLINE_VAPID_PRIVATE: 'private',
};

describe('docker-compose.yml', () => {
  const demo = processesOf(compose({}));

  it('runs the six services and the simulator', () => {
    expect(demo.map(({ name }) => name).sort()).toEqual(
      ['delivery', 'gateway', 'inbox', 'ingest', 'notify', 'routing', 'simulator'].sort(),
    );
  });

  it.each(demo)('gives $name every variable that it asks for', async ({ folder, env }) => {
    expect(await refusalOf(folder, env)).toBeNull();
  });

  it.each(processesOf(compose(filled)).filter(({ name }) => name !== 'simulator'))(
    'gives $name every variable in production, once .env.example is filled in',
    async ({ folder, env }) => {
      expect(env['NODE_ENV']).toBe('production');
      expect(await refusalOf(folder, env)).toBeNull();
    },
  );

  it.each(['ingest', 'gateway'])('lets %s refuse the published secrets in production', async (service) => {
    const { env } = processesOf(compose(example)).find(({ name }) => name === service)!;
    expect(await refusalOf(`services/${service}`, env)).toMatch(/ships with the code, which everybody knows/);
  });

  it('asks for nothing in production that .env.example does not name', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const images = ['NODE_IMAGE', 'PARTYLINE_IMAGE', 'MONGO_IMAGE', 'NATS_IMAGE', 'REDIS_IMAGE'];
    const usual = ['LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'PARTYLINE_PORT', 'PARTYLINE_HOOKS_PORT'];
    const known = new Set([...Object.keys(example), ...images, ...usual]);
    expect([...new Set(asked)].filter((name) => !known.has(String(name)))).toEqual([]);
  });
});
