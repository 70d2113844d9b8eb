import { describe, expect, it } from '@jest/globals';
import type { Conversation, ConversationEvent } from '@partyline/contracts';
import { waitingWords, wordsFor } from './wording.js';

const inbox = { id: 'sales', name: 'Sales', memberIds: [], alertAfterMinutes: null };
const conversation = { contactName: null, peers: ['+14155550100'], preview: null } as unknown as Conversation;
const received = (text: string, media: unknown[] = []) =>
  ({ type: 'message.received', data: { text, media } }) as unknown as ConversationEvent;
const contact = { kind: 'contact', id: '+14155550100' } as const;

describe('wordsFor', () => {
  it.each([
    ['a text', received('hello'), 'hello'],
    ['a picture', received('', [1]), 'Sent a picture'],
    ['pictures', received('', [1, 2]), 'Sent 2 pictures'],
    ['nothing', received(''), '(an empty text)'],
    ['a long text, never cut inside of an emoji', received('👩‍👩‍👧‍👦'.repeat(141)), `${'👩‍👩‍👧‍👦'.repeat(139)}…`],
  ])('%s', (_name, event, body) => {
    expect(wordsFor('unassigned', { event, conversation, actor: contact }, inbox)).toEqual({
      title: '+14155550100 (Sales)',
      body,
    });
  });

  it('says who handed it over', () => {
    const event = { type: 'conversation.transferred', data: {} } as unknown as ConversationEvent;
    const named = { ...conversation, contactName: 'Grace' };
    const actor = { kind: 'user', id: 'ben', name: 'Ben Ortiz' } as const;
    expect(wordsFor('handed_over', { event, conversation: named, actor }, inbox).title).toBe(
      'Ben Ortiz handed you Grace',
    );
  });
});

describe('waitingWords', () => {
  it.each([
    [0, 'less than a minute'],
    [1, '1 minute'],
    [59, '59 minutes'],
    [61, '1 hour'],
    [180, '3 hours'],
    [60 * 24 * 3, '3 days'],
  ])('%d minutes are %s', (minutes, words) => {
    expect(waitingWords('Grace', 'Sales', minutes).body).toContain(`Unassigned in Sales for ${words}.`);
  });
});
