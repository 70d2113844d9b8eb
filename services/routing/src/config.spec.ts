import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const given = { MONGODB_URL: 'mongodb://db', NATS_URL: 'nats://bus' };

describe('the configuration of routing', () => {
  it('names what is missing', () => {
    expect(() => readConfig({ NATS_URL: 'nats://bus' })).toThrow('MONGODB_URL is missing');
  });

  it('refuses the demo in production', () => {
    const demo = { ...given, PARTYLINE_DEMO: '1' };
    expect(() => readConfig({ ...demo, NODE_ENV: 'production' })).toThrow('demo');
    expect(() => readConfig(demo)).not.toThrow();
  });
});
