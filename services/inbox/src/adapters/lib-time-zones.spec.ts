import { describe, expect, it } from '@jest/globals';
import { LibTimeZones } from './lib-time-zones.js';

describe('the time zones that numbers may be in', () => {
  const timeZones = new LibTimeZones();
  it.each([
    ['by its area code, New York', ['+12125550101'], ['America/New_York']],
    ['Honolulu', ['+18085551234'], ['Pacific/Honolulu']],
    ['Vladivostok', ['+74232123456'], ['Asia/Vladivostok']],
    ['São Paulo', ['+5511987654321'], ['America/Sao_Paulo']],
    ['a code of two states', ['+61894001234'], ['Australia/Adelaide', 'Australia/Perth']],
    ['a state of two', ['+12085551234'], ['America/Boise', 'America/Los_Angeles']],
    ['a country of one', ['+4915112345678'], ['Europe/Berlin']],
    ['of a group text all', ['+12125550101', '+13105550142'], ['America/New_York', 'America/Los_Angeles']],
    ['no country', ['+8835100012345'], []],
    ['a short code', ['72345'], []],
    ['a name', ['MyBank'], []],
  ])('%s', async (_name, numbers, expected) => {
    expect(await timeZones.of(numbers)).toEqual(expected);
  });
});
