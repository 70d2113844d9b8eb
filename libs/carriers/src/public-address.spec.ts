import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request } from 'node:https';
import {
  isPublicAddress,
  literalAddress,
  looksPublic,
  publicLookup,
  systemResolver,
} from './public-address.js';

describe('isPublicAddress', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '::7f00:1',
    '::127.0.0.1',
    '::ffff:0:7f00:1',
    '2001:0:53aa:64c:0:f227:3757:f7c5',
    'fec0::1',
    'fe80::1%eth0',
    '4000::1',
    '100.127.255.255',
    '240.0.0.1',
    '2002:7f00:1::',
    '2001:db8::1',
    'nonsense',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
  it('knows addresses in the spellings of URLs', () => {
    const hostOf = (url: string) => literalAddress(new URL(url).hostname);
    expect(
      [
        'http://2130706433/',
        'http://0x7f.1/',
        'http://0177.0.0.1/',
        'http://①②⑦.⓪.⓪.①/',
        'http://[::1]/',
        'http://example.com/',
      ].map(hostOf),
    ).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1', '::1', null]);
  });
});

describe('looksPublic', () => {
  it.each([
    ['https://example.com/', true],
    ['https://93.184.216.34/', true],
    ['https://localhost/', false],
    ['https://printer.local/', false],
    ['https://metadata.google.internal./', false],
    ['https://intranet/', false],
    ['https://[::1]/', false],
    ['https://2130706433/', false],
  ])('%s: %s', (url, expected) => {
    expect(looksPublic(new URL(url).hostname)).toBe(expected);
  });
});

describe('publicLookup', () => {
  it('keeps an agent from connecting to a name that leads to this machine', async () => {
    const agent = new Agent({ lookup: publicLookup(systemResolver) });
    const [error] = await once(request('https://localhost:1/', { agent }), 'error');
    expect(String(error)).toContain('"localhost" is not on the public internet');
  });
});
