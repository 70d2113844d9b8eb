import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';

const ENV = {
  PORT: '4000',
  MONGODB_URL: 'mongodb://localhost/',
  PARTYLINE_HOOKS_URL: 'http://localhost:3001/',
};

describe('the environment', () => {
  it('gives the database and where ingest is', () => {
    expect(readConfig(ENV)).toMatchObject({
      port: 4000,
      database: 'partyline_simulator',
      hooksUrl: 'http://localhost:3001',
    });
  });

  it('names every variable that is missing, counting empty ones', () => {
    expect(() => readConfig({ PORT: '4000', MONGODB_URL: '' })).toThrow(
      'set MONGODB_URL, PARTYLINE_HOOKS_URL',
    );
  });

  it('refuses production', () => {
    expect(() => readConfig({ ...ENV, NODE_ENV: 'production' })).toThrow(
      'does not start with NODE_ENV=production',
    );
  });
});
