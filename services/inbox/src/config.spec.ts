import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const servers = { MONGODB_URL: 'mongodb://m', NATS_URL: 'nats://n' };

describe('the settings', () => {
  it('need no more than the servers', () => {
    expect(readConfig(servers)).toEqual({ mongoUrl: 'mongodb://m', natsUrl: 'nats://n', demo: false });
  });
  it('are refused where a server is missing, or the demo is to run in production', () => {
    expect(() => readConfig({})).toThrow('MONGODB_URL is missing; NATS_URL is missing');
    const demo = { ...servers, PARTYLINE_DEMO: '1' };
    expect(readConfig(demo).demo).toBe(true);
    expect(() => readConfig({ ...demo, NODE_ENV: 'production' })).toThrow('PARTYLINE_DEMO');
  });
});
