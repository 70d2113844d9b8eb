import { describe, expect, it } from '@jest/globals';
import { segmentsOf } from './segments.js';

describe('segments of a text', () => {
  it.each([
    ['', 'GSM-7', 0, 0, 160],
    ['Hello', 'GSM-7', 1, 5, 160],
    ['a'.repeat(160), 'GSM-7', 1, 160, 160],
    ['a'.repeat(161), 'GSM-7', 2, 161, 306],
    ['€', 'GSM-7', 1, 2, 160],
    ['ж'.repeat(70), 'UCS-2', 1, 70, 70],
    ['ж'.repeat(71), 'UCS-2', 2, 71, 134],
    ['🙂', 'UCS-2', 1, 2, 70],
  ] as const)('%s: %s, %i', (text, encoding, segments, used, room) => {
    expect(segmentsOf(text)).toMatchObject({ encoding, segments, used, room });
  });

  it('names the characters that make it longer, each once', () => {
    expect(segmentsOf('“Hi” 🙂 “ho”').culprits).toEqual(['“', '”', '🙂']);
    expect(segmentsOf('Hi').culprits).toEqual([]);
  });
});
