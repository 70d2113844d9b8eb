import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const given = { MONGODB_URL: 'mongodb://db', NATS_URL: 'nats://bus', REDIS_URL: 'redis://cache' };

describe('the configuration of notify', () => {
  it('names what is missing', () => {
    expect(() => readConfig({ NATS_URL: 'nats://bus' })).toThrow('MONGODB_URL is missing');
  });

  it('refuses the demo in production', () => {
    const demo = { ...given, PARTYLINE_DEMO: '1' };
    expect(() => readConfig({ ...demo, NODE_ENV: 'production' })).toThrow('demo');
    expect(() => readConfig(demo)).not.toThrow();
  });

  it('turns Web Push on with both keys or not at all', () => {
    expect(readConfig(given).vapid).toBeNull();
    expect(() => readConfig({ ...given, PARTYLINE_VAPID_PUBLIC: 'only one' })).toThrow(
      'PARTYLINE_VAPID_PRIVATE',
    );
  });

  it('has the override of alerts in milliseconds', () => {
    expect(readConfig(given).alertAfterMs).toBeNull();
    expect(readConfig({ ...given, PARTYLINE_ALERT_AFTER_SECONDS: '1.5' }).alertAfterMs).toBe(1500);
  });
});
