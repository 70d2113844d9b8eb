import { describe, expect, it } from '@jest/globals';
import { bens, draft } from '../../test/support/story.js';
import { UNSETTLED_KEPT } from './conversation.js';

const status = (messageId: string, word: 'sent' | 'failed') =>
  ({ type: 'status', messageId, status: word, errorClass: null, rawCode: null, description: null }) as const;

describe('replies that no phone has confirmed', () => {
  it('are forgotten beyond so many: first those of which a carrier says no more than that they are sent', () => {
    const story = bens();
    const reply = (id: string) => story.by('ben', { type: 'reply', draft: draft('hi', id), claim: false });
    reply('waiting');
    for (let i = 0; i < UNSETTLED_KEPT + 5; i += 1) reply(`sent-${i}`).do(status(`sent-${i}`, 'sent'));
    expect(story.existing.unsettled).toHaveLength(UNSETTLED_KEPT);
    expect(story.existing.unsettled[0]).toEqual({ messageId: 'waiting', status: 'queued' });
    story.do(status('waiting', 'failed'));
    expect(story.outcome).toEqual(['message.status']);
  });

  it('are forgotten from the oldest on where none of them is known to be sent', () => {
    const story = bens();
    for (let i = 0; i <= UNSETTLED_KEPT; i += 1) {
      story.by('ben', { type: 'reply', draft: draft('hi', `m${i}`), claim: false });
    }
    expect(story.existing.unsettled).toHaveLength(UNSETTLED_KEPT);
    expect(story.existing.unsettled[0]?.messageId).toBe('m1');
  });
});
