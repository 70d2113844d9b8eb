import { describe, expect, it } from '@jest/globals';
import { parseServerAddress } from './server-address.js';

describe('the address of NATS', () => {
  it.each([
    ['nats://localhost', { servers: ['localhost:4222'], tls: false }],
    [
      'nats://inbox:p%40ss@10.0.0.1:4333',
      { servers: ['10.0.0.1:4333'], user: 'inbox', pass: 'p@ss', tls: false },
    ],
    [
      'tls://inbox:p@a:1, tls://inbox:p@b',
      { servers: ['a:1', 'b:4222'], user: 'inbox', pass: 'p', tls: true },
    ],
    ['nats://[::1]:4222', { servers: ['[::1]:4222'], tls: false }],
  ])('%s', (url, expected) => {
    expect(parseServerAddress(url)).toEqual(expected);
  });

  it.each(['', 'localhost:4222', 'http://localhost', 'nats://', 'nats://a,,nats://b'])(
    '%p is refused, and not repeated',
    (url) => {
      expect(() => parseServerAddress(url)).toThrow('NATS_URL must look like');
    },
  );
});
