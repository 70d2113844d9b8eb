import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO_SECRETS_KEY } from '@partyline/carriers';
import { readConfig } from './config.js';

const needed = {
  MONGODB_URL: 'mongodb://127.0.0.1/',
  NATS_URL: 'nats://127.0.0.1',
  PARTYLINE_SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
  PARTYLINE_HOOKS_URL: 'http://127.0.0.1:3001',
  PARTYLINE_MEDIA_DIR: '/var/lib/partyline/media',
};

describe('readConfig', () => {
  const before = { ...process.env };
  beforeEach(() => void Object.assign(process.env, { NODE_ENV: '', PARTYLINE_DEMO: '' }, needed));
  afterEach(() => {
    process.env = { ...before };
  });

  it('takes what it needs, and origins in any spelling', () => {
    process.env['PARTYLINE_MEDIA_ALLOW_ORIGINS'] = 'http://127.0.0.1:3900/, https://cdn.example';
    expect(readConfig().PARTYLINE_MEDIA_ALLOW_ORIGINS).toEqual([
      'http://127.0.0.1:3900',
      'https://cdn.example',
    ]);
  });

  it.each([
    ['PARTYLINE_SECRETS_KEY', '', /PARTYLINE_SECRETS_KEY is missing/],
    ['PARTYLINE_SECRETS_KEY', 'short', /PARTYLINE_SECRETS_KEY is wrong/],
    ['PARTYLINE_HOOKS_URL', 'nowhere', /PARTYLINE_HOOKS_URL is wrong/],
  ])('does not start with %s="%s"', (name, value, sentence) => {
    process.env[name] = value;
    expect(() => readConfig()).toThrow(sentence);
  });

  it.each([
    ['nowhere', { PARTYLINE_MEDIA_DIR: '' }],
    ['at two places', { PARTYLINE_MEDIA_BUCKET: 'partyline' }],
  ])('does not start where pictures would be kept %s', (_where, env) => {
    Object.assign(process.env, env);
    expect(() => readConfig()).toThrow(/exactly one of PARTYLINE_MEDIA_DIR/);
  });

  it('does not run the demo in production', () => {
    Object.assign(process.env, { NODE_ENV: 'production', PARTYLINE_DEMO: '1' });
    expect(() => readConfig()).toThrow(/must not run with NODE_ENV=production/);
  });

  it('does not seal the secrets of a production with a key that everybody knows', () => {
    Object.assign(process.env, { NODE_ENV: 'production', PARTYLINE_SECRETS_KEY: DEMO_SECRETS_KEY });
    expect(() => readConfig()).toThrow(/PARTYLINE_SECRETS_KEY still has the value that ships with the code/);
  });
});
