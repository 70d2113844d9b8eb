import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readEnv, refuseDefaultsInProduction } from './env.js';
import { originsEnv } from './service-env.js';

const schema = z.object({
  MONGODB_URL: z.string().startsWith('mongodb'),
  PORT: z.coerce.number().int().max(65_535).default(3000),
  SIMULATOR_URL: z.url().optional(),
});

describe('the environment', () => {
  it('is read without what is not asked for', () => {
    expect(readEnv(schema, { MONGODB_URL: 'mongodb://x', PORT: '1', HOME: '/' })).toEqual({
      MONGODB_URL: 'mongodb://x',
      PORT: 1,
    });
  });

  it('that is empty counts as missing', () => {
    expect(readEnv(schema, { MONGODB_URL: 'mongodb://x', SIMULATOR_URL: '' })).toEqual({
      MONGODB_URL: 'mongodb://x',
      PORT: 3000,
    });
    expect(() => readEnv(schema, { MONGODB_URL: '' })).toThrow(
      'This service cannot start: MONGODB_URL is missing.',
    );
  });

  it('that is wrong is told by name, all of it, never by value', () => {
    const read = () => readEnv(schema, { MONGODB_URL: 'hunter2', PORT: '99999' });
    expect(read).toThrow(/MONGODB_URL is wrong \(.+\); PORT is wrong \(.+\)/);
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('origins', () => {
  it('are those of web addresses and of SMSCs', () => {
    expect(
      originsEnv.parse('http://jasmin:1401/x, smpp://SMSC.example:2775,smpps://[fd00::1]:3550/'),
    ).toEqual(['http://jasmin:1401', 'smpp://smsc.example:2775', 'smpps://[fd00::1]:3550']);
    expect(originsEnv.parse('')).toEqual([]);
    expect(() => originsEnv.parse('jasmin')).toThrow('Invalid URL');
  });
});

describe('production', () => {
  const defaults = { PARTYLINE_JWT_SECRET: ['dev', 'partyline'], PARTYLINE_SECRETS_KEY: 'AAAA' };
  const own = { PARTYLINE_JWT_SECRET: 'own', PARTYLINE_SECRETS_KEY: 'own' };

  it.each([[{ PARTYLINE_DEMO: '1' }], [{ PARTYLINE_DEMO: true }]])('refuses the demo: %p', (values) => {
    expect(() => refuseDefaultsInProduction({ ...own, ...values, NODE_ENV: 'production' }, defaults)).toThrow(
      'the demo (PARTYLINE_DEMO)',
    );
    expect(() =>
      refuseDefaultsInProduction({ ...own, ...values, NODE_ENV: 'development' }, defaults),
    ).not.toThrow();
  });

  it('refuses secrets that ship with the code, by name', () => {
    const values = { ...own, PARTYLINE_JWT_SECRET: 'partyline', NODE_ENV: 'production' };
    expect(() => refuseDefaultsInProduction(values, defaults)).toThrow(
      'PARTYLINE_JWT_SECRET still has the value',
    );
    expect(() => refuseDefaultsInProduction({ ...own, NODE_ENV: 'production' }, defaults)).not.toThrow();
  });

  it("refuses docker-compose's passwords for NATS, without telling them", () => {
    const withPassword = (password: string) => () =>
      refuseDefaultsInProduction({ NODE_ENV: 'production', NATS_URL: `nats://inbox:${password}@nats:4222` });
    expect(withPassword('demo-only-inbox')).toThrow('the password in NATS_URL still has the value');
    expect(withPassword('demo-only-inbox')).not.toThrow(/demo-only/);
    expect(withPassword('p0f3c1')).not.toThrow();
  });
});
