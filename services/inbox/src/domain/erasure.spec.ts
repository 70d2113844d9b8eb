import { describe, expect, it } from '@jest/globals';
import type { ConversationEvent } from '@partyline/contracts';
import fc from 'fast-check';
import { erasedEvent } from './erasure.js';

const PEER = '+13105550142';
const OTHER = '+13105550143';
const media = [{ id: 'md_1', url: 'https://carrier.example/1', contentType: 'image/png' }];
const received = (text: string, from = PEER): ConversationEvent => ({
  type: 'message.received',
  data: {
    messageId: 'ms_1',
    receiptId: 'rc_1',
    carrier: 'twilio',
    accountId: 'main',
    from,
    to: '+12125550101',
    text,
    media,
    receivedAt: '2026-11-23T18:00:00.000Z',
    keyword: 'stop',
    trace: [{ step: 'inbox', id: 'support', text }],
  },
});
const queued = (text: string): ConversationEvent => ({
  type: 'message.queued',
  data: {
    messageId: 'ms_2',
    clientMessageId: 'cm_2',
    carrier: 'twilio',
    accountId: 'main',
    from: '+12125550101',
    to: [PEER],
    text,
    media,
    origin: 'person',
  },
});
const status = (description: string): ConversationEvent => ({
  type: 'message.status',
  data: { messageId: 'ms_2', status: 'failed', errorClass: 'landline', rawCode: '21614', description },
});
const named = (contactName: string): ConversationEvent => ({ type: 'contact.named', data: { contactName } });
const created = (contactName: string): ConversationEvent => ({
  type: 'conversation.created',
  data: { number: '+12125550101', peers: [PEER], contactName },
});
const noted = (text: string): ConversationEvent => ({ type: 'note.added', data: { noteId: 'nt_1', text } });
const alone = { peers: new Set([PEER]), alone: true };
const inGroup = { peers: new Set([PEER]), alone: false };

describe('an event of somebody who is forgotten', () => {
  it.each<[string, (content: string) => ConversationEvent]>([
    ['a text', received],
    ['a reply', queued],
    ['a status', status],
    ['a name', named],
    ['the beginning', created],
    ['a note', noted],
  ])('%s keeps its kind and ids, and none of its content', (_what, make) => {
    fc.assert(
      fc.property(fc.uuid(), (content) => {
        const before = make(`my words ${content}`);
        const after = erasedEvent(before, alone);
        expect(JSON.stringify(after)).not.toContain(content);
        expect(JSON.stringify(after)).not.toContain('carrier.example');
        expect(after.type).toBe(before.type);
        expect(Object.keys(after.data)).toEqual(Object.keys(before.data));
        expect(erasedEvent(after, alone)).toEqual(after);
      }),
    );
  });

  it('who said it, when, and a word on being texted stay', () => {
    expect(erasedEvent(received('STOP'), alone)).toMatchObject({
      data: { from: PEER, receivedAt: '2026-11-23T18:00:00.000Z', keyword: 'stop', messageId: 'ms_1' },
    });
    const consent: ConversationEvent = {
      type: 'consent.changed',
      data: { peer: PEER, number: '+12125550101', state: 'opted_out', keyword: 'STOP' },
    };
    expect(erasedEvent(consent, alone)).toBe(consent);
  });

  it('in a group, what others wrote and what was written to all stays', () => {
    const theirs = received('my own words', OTHER);
    for (const event of [theirs, queued('to all of you'), noted('about all')]) {
      expect(erasedEvent(event, inGroup)).toBe(event);
    }
    expect(erasedEvent(received('mine'), inGroup)).toMatchObject({ data: { text: '', media: [] } });
  });
});
