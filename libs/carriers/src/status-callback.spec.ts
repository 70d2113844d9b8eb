import { describe, expect, it } from '@jest/globals';
import { referenceOf, statusCallbackUrl } from './status-callback.js';

describe('statusCallbackUrl', () => {
  it.each([
    ['https://x.example/hook', 'https://x.example/hook?reference=ms_1'],
    ['https://x.example/hook?a=1', 'https://x.example/hook?a=1&reference=ms_1'],
    ['https://x.example/hook#rc=3', 'https://x.example/hook?reference=ms_1#rc=3'],
    ['https://x.example/hook?reference=ms_0', 'https://x.example/hook?reference=ms_0'],
  ])('of %s is %s', (publicUrl, callback) => {
    expect(statusCallbackUrl(publicUrl, 'ms_1')).toBe(callback);
  });

  it.each([
    ['a=1&reference=ms_1', 'ms_1'],
    ['', null],
    ['reference=', null],
    ['reference=a.b', null],
  ])('the reference in %j is %s', (query, reference) => {
    expect(referenceOf(query)).toBe(reference);
  });
});
