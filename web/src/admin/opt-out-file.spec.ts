import { describe, expect, it } from '@jest/globals';
import { readOptOuts } from './opt-out-file.js';

const out = (peer: string) => ({ peer, state: 'opted_out' });

describe('a file of opt-outs', () => {
  it.each([
    ['numbers alone', '+14155550123\n(415) 555-0124\n', [out('+14155550123'), out('(415) 555-0124')]],
    ['a head', 'Phone,Name\n+14155550123,"Doe, Jane"\n', [out('+14155550123')]],
    ['another order', 'name;Recipient\nJane;+14155550123', [out('+14155550123')]],
    ['a mark of its encoding, and empty lines', '\uFEFFphone\r\n\r\n+14155550123\r\n', [out('+14155550123')]],
    [
      'our own export',
      "customer,number,state,at,word\n'+14155550123,'+12125550101,opted_in,2026-01-02T03:04:05.000Z,START",
      [
        {
          peer: '+14155550123',
          number: '+12125550101',
          state: 'opted_in',
          at: '2026-01-02T03:04:05.000Z',
        },
      ],
    ],
    ['nothing', '', []],
  ])('with %s', (_with, text, items) => {
    expect(readOptOuts(text)).toEqual({ items, faults: [] });
  });

  it('says which lines cannot be taken over, and why', () => {
    const { items, faults } = readOptOuts(
      'name,phone,at\nJane,,\nJoe,+14155550123,yesterday\nAnn,+14155550124,',
    );
    expect(items).toEqual([out('+14155550124')]);
    expect(faults).toEqual([
      { line: 2, reason: 'there is no number' },
      { line: 3, reason: '“yesterday” is no time' },
    ]);
  });
});
