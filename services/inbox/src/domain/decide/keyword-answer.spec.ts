import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inbound, PLACE, Story, SUPPORT, around } from '../../../test/support/story.js';
import type { ReceiveMessage } from '../commands.js';
import { STANDARD_ANSWERS, USUAL_ANSWERS } from '../keyword-answers.js';

type Message = Partial<ReceiveMessage['message']>;

let texts = 0;
/** A text that the carrier leaves to us to answer. */
function ours(text: string, changes: Message = {}): ReceiveMessage {
  texts += 1;
  const messageId = `ms_in_${texts}`;
  return {
    ...inbound(text, { messageId, ...changes }),
    keywordAnswer: { messageId: `${messageId}_answer`, settings: USUAL_ANSWERS },
  };
}
const theirs = (text: string, changes: Message = {}): ReceiveMessage => inbound(text, changes);

/** What the last command queued. */
function answersOf(story: Story): { text: string; to: readonly string[]; keyword: unknown }[] {
  const events = story.last?.ok ? story.last.value : [];
  return events.flatMap((event) =>
    event.type === 'message.queued'
      ? [{ text: event.data.text, to: event.data.to, keyword: event.data.keyword }]
      : [],
  );
}
const { stop, start, help } = STANDARD_ANSWERS.en;

describe('a keyword that the carrier does not answer', () => {
  it('is confirmed once: STOP, not STOP again, then START, not START again', () => {
    const tale = new Story().do(ours('hello'));
    const said = ['Stop', 'STOP', 'START', 'start', 'STOP'].map((text) => answersOf(tale.do(ours(text))));
    expect(said.map((answers) => answers.map(({ text }) => text))).toEqual([[stop], [], [start], [], [stop]]);
  });

  it('as somebody’s first text is answered in the entry that opens the conversation', () => {
    const tale = new Story().do(ours('STOP'));
    expect(tale.outcome).toEqual([
      'conversation.created',
      'message.received',
      'consent.changed',
      'message.queued',
    ]);
    expect(answersOf(tale)).toEqual([{ text: stop, to: PLACE.peers, keyword: 'stop' }]);
  });

  it('HELP is answered each time, to who opted out, too', () => {
    const tale = new Story().do(ours('STOP'));
    expect(answersOf(tale.do(ours('HELP')))).toEqual([{ text: help, to: PLACE.peers, keyword: 'help' }]);
    expect(answersOf(tale.do(ours('help?')))).toHaveLength(1);
  });

  it('is not confirmed to who opted out before in another conversation', () => {
    const known = {
      peer: '+13105550001',
      keyword: 'STOP',
      saidAt: '2026-11-01T00:00:00.000Z',
      source: 'customer',
    } as const;
    const tale = new Story().do({ ...ours('STOP'), optOuts: [known] });
    expect(answersOf(tale)).toEqual([]);
  });

  it('neither reopens what is done nor wakes what is snoozed, and changes nobody’s turn', () => {
    const tale = new Story(around(SUPPORT)).do(ours('hello')).by('ben', { type: 'claim' });
    tale.by('ben', { type: 'complete', seenSeq: tale.existing.seq });
    const { epoch } = tale.existing;
    tale.do(ours('STOP'));
    expect(answersOf(tale)).toHaveLength(1);
    expect(tale.existing).toMatchObject({ status: 'done', epoch });
  });

  it('of one in a group is answered to that one alone', () => {
    const place = { ...PLACE, peers: ['+13105550001', '+13105550002'] };
    const tale = new Story().do({ ...ours('STOP', { from: '+13105550002' }), place });
    expect(answersOf(tale)).toEqual([{ text: stop, to: ['+13105550002'], keyword: 'stop' }]);
  });

  it('that was held up is answered, unless the customer wrote since', () => {
    const late = { sentAt: '2026-11-23T11:00:00.000Z', receivedAt: '2026-11-23T12:30:00.000Z' };
    const quiet = new Story().do(ours('hi', { receivedAt: '2026-11-23T10:00:00.000Z' }));
    expect(answersOf(quiet.do(ours('STOP', late)))).toHaveLength(1);
    const since = new Story().do(ours('hi', { receivedAt: '2026-11-23T12:00:00.000Z' }));
    expect(answersOf(since.do(ours('STOP', late)))).toEqual([]);
  });
});

describe('a keyword that the carrier answers', () => {
  it.each(['STOP', 'START', 'HELP'])('%s counts, and is not answered by us', (text) => {
    const tale = new Story().do(theirs(text === 'START' ? 'STOP' : 'hello'));
    expect(answersOf(tale.do(theirs(text)))).toEqual([]);
    expect(tale.existing.optedOut).toEqual(text === 'STOP' ? PLACE.peers : []);
  });

  it('in words that only the carrier knows counts as what the carrier took it for', () => {
    const tale = new Story().do(theirs('hello')).do(theirs('No more of this!', { keyword: 'stop' }));
    const [received, consent] = tale.last?.ok ? tale.last.value : [];
    expect(received).toMatchObject({ data: { keyword: 'stop' } });
    expect(consent).toMatchObject({ data: { state: 'opted_out', keyword: 'NO MORE OF THIS' } });
  });
});

it('whatever is said in whatever order: one answer to each change of mind, none to anything else but HELP', () => {
  const text = fc.constantFrom('STOP', 'START', 'HELP', 'hello', 'stop all', 'unstop');
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (said) => {
      const tale = new Story();
      let out = false;
      for (const words of said) {
        tale.do(ours(words));
        const isOut = tale.existing.optedOut.length > 0;
        expect(answersOf(tale)).toHaveLength(isOut !== out || words === 'HELP' ? 1 : 0);
        out = isOut;
      }
    }),
  );
});
