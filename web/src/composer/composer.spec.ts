import { describe, expect, it } from '@jest/globals';
import type { TimelineItem } from '@partyline/contracts';
import { ben, conversation, inbox, olga, queued, received, status } from '../testing/samples.js';
import { allowedFor } from '../live/allowed.js';
import { newsSentence, newsSince } from './news-since.js';
import { composerStateOf, whyNotSent } from './composer-state.js';

describe('why a draft cannot be sent yet', () => {
  it.each([
    ['', [], 'Write something first.'],
    ['  ', [], 'Write something first.'],
    ['Hi', [], null],
    ['', ['ready'], null],
    ['Hi', ['ready', 'uploading'], 'A file is still being uploaded.'],
    ['Hi', ['uploading', 'failed'], 'A file could not be uploaded. Try it again or remove it.'],
  ] as const)('"%s" with %j: %s', (text, states, reason) => {
    expect(
      whyNotSent(
        text,
        states.map((state) => ({ state })),
      ),
    ).toBe(reason);
  });
});

describe('whether one can write', () => {
  const state = (
    change: Parameters<typeof conversation>[0],
    viewer = ben,
    mode: 'reply' | 'note' = 'reply',
  ) => {
    const c = conversation(change);
    return composerStateOf({ ...c, allowed: allowedFor(c, viewer, inbox) }, viewer.permissions, mode);
  };

  it('one’s own, an unassigned one, another’s, a done one', () => {
    expect(state({ owner: { id: 'ben', name: 'Ben' } })).toEqual({ kind: 'reply' });
    expect(state({})).toEqual({ kind: 'claim' });
    expect(state({ owner: { id: 'ada', name: 'Ada' } })).toEqual({
      kind: 'blocked',
      reason: 'Ada is handling this.',
      canTake: false,
    });
    expect(state({ status: 'done' })).toMatchObject({ kind: 'blocked', canTake: false });
  });

  it('nobody writes to a customer who opted out, and taking it would not help', () => {
    expect(state({ optedOut: true })).toMatchObject({ kind: 'blocked', canTake: false });
  });

  it('notes need no ownership, but a role that allows them', () => {
    expect(state({ owner: { id: 'ada', name: 'Ada' } }, ben, 'note')).toEqual({ kind: 'reply' });
    expect(state({}, olga, 'note').kind).toBe('blocked');
  });
});

describe('what came since the draft began', () => {
  const note = (seq: number, by: string): TimelineItem => ({
    ...received(seq, ''),
    actor: { kind: 'user', id: by, name: by },
    type: 'note.added',
    data: { noteId: `n${seq}`, text: 'a note' },
  });
  it('is the customer’s texts and colleagues’ acts, never one’s own, nor a delivery status', () => {
    const items = [
      received(1, 'Hi'),
      queued(2, 'Hello', 'ben'),
      status(3, 2, 'delivered'),
      received(4, 'Wait'),
      note(5, 'Ada'),
      queued(6, 'Done!', 'Cleo'),
      note(7, 'ben'),
    ];
    expect(newsSince(items, 1, 'ben').map(({ seq }) => seq)).toEqual([4, 5, 6]);
    expect(newsSentence(newsSince(items, 1, 'ben'), 'Maria')).toBe(
      'Since you began to write, Maria wrote again and Cleo replied and Ada added a note.',
    );
    expect(newsSentence(newsSince(items, 6, 'ben'), 'Maria')).toBeNull();
    const tagged = {
      ...items[0],
      seq: 9,
      type: 'conversation.tagged',
      data: { added: ['vip'], removed: [] },
    };
    expect(newsSentence([tagged as TimelineItem], 'Maria')).toBeNull();
    expect(newsSentence(newsSince(items, 0, 'ben'), 'Maria')).toContain('Maria wrote 2 more times');
  });
});
