import { describe, expect, it } from '@jest/globals';
import { isOn, type Recording } from './recording.js';

const at = new Date('2026-11-24T12:00:00Z');
const recording = (over: Partial<Recording>): Recording => ({
  id: 'rd_1',
  startedAt: new Date('2026-11-24T11:00:00Z'),
  startedBy: 'ada',
  until: new Date('2026-11-24T12:00:00.001Z'),
  mostRequests: 10,
  kept: 9,
  ...over,
});

describe('a recording', () => {
  it.each<[string, Partial<Recording>, boolean]>([
    ['is on in its time, with room', {}, true],
    ['is over when its time is', { until: at }, false],
    ['is over when it is full', { kept: 10 }, false],
  ])('%s', (_case, over, on) => {
    expect(isOn(recording(over), at)).toBe(on);
  });
});
