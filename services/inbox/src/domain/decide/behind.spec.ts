import { expect, it } from '@jest/globals';
import { draft, inbound, Story } from '../../../test/support/story.js';

/** Which message of ours the last command said that its own comes after. */
function afterOf(story: Story): string | undefined {
  const events = story.last?.ok ? story.last.value : [];
  const queued = events.find((event) => event.type === 'message.queued');
  if (queued?.type !== 'message.queued') throw new Error('Nothing was queued');
  return queued.data.after;
}
const reply = (id: string) => ({ type: 'reply', by: 'ben', draft: draft('hi', id), claim: true }) as const;
const status = (messageId: string, word: 'sent' | 'delivered') =>
  ({ type: 'status', messageId, status: word, errorClass: null, rawCode: null, description: null }) as const;

it('a reply names the one before it, as long as that is not known to have left', () => {
  const tale = new Story().do(inbound('hello'));
  expect(afterOf(tale.do(reply('ms_1')))).toBeUndefined();
  expect(afterOf(tale.do(reply('ms_2')))).toBe('ms_1');
  tale.do(status('ms_2', 'sent'));
  expect(afterOf(tale.do(reply('ms_3')))).toBe('ms_1');
  tale.do(status('ms_1', 'sent')).do(status('ms_3', 'delivered'));
  expect(afterOf(tale.do(reply('ms_4')))).toBeUndefined();
});

it('what is sent by itself waits for what a person wrote before', () => {
  const tale = new Story().do(inbound('hello')).do(reply('ms_1'));
  const menu = {
    ...inbound('menu', { messageId: 'ms_in_2' }),
    autoReply: { messageId: 'ms_auto', text: 'Reply 1' },
  };
  expect(afterOf(tale.do(menu))).toBe('ms_1');
});
