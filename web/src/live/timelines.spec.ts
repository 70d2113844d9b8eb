import { describe, expect, it } from '@jest/globals';
import { queued, received } from '../testing/samples.js';
import { EMPTY_STATE, type LiveState } from './model.js';
import {
  addOutgoing,
  dropOutgoing,
  timelineEntry,
  timelineFailed,
  timelineLoading,
  timelinePage,
} from './timelines.js';

const seqs = (state: LiveState) => state.timelines.get('c1')?.items.map((item) => item.seq);
const timeline = (state: LiveState) => state.timelines.get('c1');
const loaded = timelinePage(
  timelineLoading(EMPTY_STATE, 'c1', false),
  'c1',
  { items: [received(10, 'a'), received(11, 'b')], nextBefore: 10 },
  false,
);

describe('a thread', () => {
  it('takes each live entry once, in order', () => {
    const one = timelineEntry(loaded, 'c1', received(12, 'c'));
    expect(seqs(one)).toEqual([10, 11, 12]);
    expect(timelineEntry(one, 'c1', received(12, 'c'))).toBe(one);
    expect(timeline(one)?.gap).toBe(false);
  });

  it('marks a hole, and a newest page that joins mends it', () => {
    const holed = timelineEntry(loaded, 'c1', received(14, 'e'));
    expect(timeline(holed)?.gap).toBe(true);
    const mended = timelinePage(
      holed,
      'c1',
      { items: [received(11, 'b'), received(12, 'c'), received(13, 'd'), received(14, 'e')], nextBefore: 11 },
      false,
    );
    expect(seqs(mended)).toEqual([10, 11, 12, 13, 14]);
    expect(timeline(mended)).toMatchObject({ gap: false, nextBefore: 10 });
  });

  it('starts over when the newest page does not join what is there', () => {
    const far = timelinePage(loaded, 'c1', { items: [received(80, 'x')], nextBefore: 80 }, false);
    expect(seqs(far)).toEqual([80]);
    expect(timeline(far)?.nextBefore).toBe(80);
  });

  it('older pages go before, and the beginning is the beginning', () => {
    const older = timelinePage(loaded, 'c1', { items: [received(9, 'z')], nextBefore: null }, true);
    expect(seqs(older)).toEqual([9, 10, 11]);
    expect(timeline(older)?.nextBefore).toBeNull();
  });

  it('that does not load any more keeps what it has', () => {
    expect(timeline(timelineFailed(loaded, 'c1', 'No.'))).toMatchObject({ state: 'ready', error: 'No.' });
    expect(timeline(timelineFailed(EMPTY_STATE, 'c1', 'No.'))?.state).toBe('error');
  });

  it('ignores entries of threads that were never opened', () => {
    expect(timelineEntry(EMPTY_STATE, 'c1', received(1, 'a'))).toBe(EMPTY_STATE);
  });
});

describe('a message under way', () => {
  const outgoing = {
    clientMessageId: 'client-12',
    text: 'Hi',
    media: [],
    at: '',
    state: 'sending',
    reason: null,
  } as const;

  it('gives way to its own line in the log', () => {
    const sending = addOutgoing(loaded, 'c1', outgoing);
    expect(timeline(sending)?.outgoing).toHaveLength(1);
    expect(timeline(timelineEntry(sending, 'c1', queued(12, 'Hi')))?.outgoing).toEqual([]);
  });

  it('never shows when the log was faster', () => {
    const fast = timelineEntry(loaded, 'c1', queued(12, 'Hi'));
    expect(timeline(addOutgoing(fast, 'c1', outgoing))?.outgoing).toEqual([]);
  });

  it('goes when it was refused', () => {
    expect(timeline(dropOutgoing(addOutgoing(loaded, 'c1', outgoing), 'c1', 'client-12'))?.outgoing).toEqual(
      [],
    );
  });
});
