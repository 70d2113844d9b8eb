import { describe, expect, it } from '@jest/globals';
import {
  around,
  bens,
  CLEOS,
  done,
  draft,
  EVERYONES,
  inbound,
  story,
  Story,
  SUPPORT,
  unassigned,
} from '../../../test/support/story.js';

const reply = { type: 'reply' as const, draft: draft(), claim: false };

describe('two who want the same', () => {
  it('the first claim wins, the second is told', () => {
    const tale = bens().do({ type: 'claim', by: 'cleo' });
    expect(tale.last).toMatchObject({ ok: false, error: { code: 'ASSIGNED_TO_OTHER' } });
    expect(tale.existing).toMatchObject({ owner: { id: 'ben' }, changedBy: { id: 'ben' } });
  });
  it('one’s own claim again is no event', () => {
    expect(bens().do({ type: 'claim', by: 'ben' }).outcome).toEqual([]);
  });
  it('a claim after an Admin’s assign is refused; an assign that saw no owner is stale', () => {
    const given = unassigned().by('ada', { type: 'assign', to: 'cleo' });
    expect(given.do({ type: 'claim', by: 'ben' }).outcome).toBe('ASSIGNED_TO_OTHER');
    expect(bens().by('ada', { type: 'assign', to: 'cleo', expectedEpoch: 1 }).outcome).toBe('STALE');
  });
  it('Assign & send after another’s claim is refused and sends nothing', () => {
    expect(bens().do({ type: 'reply', by: 'cleo', draft: draft(), claim: true }).outcome).toBe(
      'ASSIGNED_TO_OTHER',
    );
  });
  it.each([
    { type: 'transfer' as const, to: 'cleo' },
    { type: 'return' as const },
    { type: 'complete' as const, seenSeq: 9 },
    { type: 'assign' as const, to: 'cleo' },
  ])('a stale $type is refused, whoever asks', (command) => {
    expect(bens().by('ada', { ...command, expectedEpoch: 1 }).outcome).toBe('STALE');
    if (command.type === 'assign') return;
    expect(bens().by('ben', { ...command, expectedEpoch: 1 }).outcome).toBe('STALE');
  });
});

describe('a reply against the customer', () => {
  it('is refused where they wrote after what was on the screen, and sent where nobody says what was', () => {
    const tale = bens().do(inbound('wait', { messageId: 'ms_2' }));
    expect(tale.by('ben', { ...reply, seenSeq: 2 }).outcome).toBe('NEW_ACTIVITY');
    expect(tale.by('ben', { ...reply, seenSeq: 3 }).outcome).toEqual(['message.queued']);
    expect(tale.by('ben', { ...reply, draft: draft() }).outcome).toEqual(['message.queued']);
  });
  it('Assign & send is held to it as well, and takes nothing when it is refused', () => {
    const tale = unassigned().do(inbound('wait', { messageId: 'ms_2' }));
    expect(tale.do({ ...reply, by: 'ben', claim: true, seenSeq: 1 }).outcome).toBe('NEW_ACTIVITY');
    expect(tale.existing.owner).toBeNull();
  });
});

describe('done against the customer', () => {
  it('a text that was not seen keeps it open', () => {
    const tale = bens().do(inbound('wait', { messageId: 'ms_2' }));
    expect(tale.by('ben', { type: 'complete', seenSeq: 2 }).outcome).toBe('NEW_ACTIVITY');
    expect(tale.existing.status).toBe('open');
    expect(tale.by('ben', { type: 'complete', seenSeq: 3 }).outcome).toEqual(['conversation.done']);
  });
  it('a manual reopen after the customer’s own turns into a claim', () => {
    const tale = done();
    const seen = tale.epoch;
    tale.do(inbound('hi')).by('cleo', { type: 'reopen', expectedEpoch: seen });
    expect(tale.outcome).toEqual(['conversation.assigned']);
    expect(tale.owner).toBe('cleo');
    expect(tale.by('ben', { type: 'reopen', expectedEpoch: seen }).outcome).toBe('ASSIGNED_TO_OTHER');
  });
  it('an Admin’s reopen for another, after the customer’s own, is stale', () => {
    const tale = done();
    const seen = tale.epoch;
    tale.do(inbound('hi')).by('ada', { type: 'reopen', to: 'ben', expectedEpoch: seen });
    expect(tale.outcome).toBe('STALE');
  });
});

describe('a reply', () => {
  it('after losing it is refused', () => {
    expect(bens().by('ben', { type: 'transfer', to: 'cleo' }).by('ben', reply).outcome).toBe('NOT_OWNER');
    expect(bens().by('ada', { type: 'return' }).by('ben', reply).outcome).toBe('NOT_OWNER');
  });
  it('on a done one is refused', () => {
    expect(done().by('ben', reply).outcome).toBe('DONE');
    expect(done().by('ben', { ...reply, claim: true }).outcome).toBe('DONE');
  });
  it('by an owner who lost it and got it back has to look again', () => {
    const tale = bens();
    const seen = tale.epoch;
    tale.by('ada', { type: 'return' }).by('ben', { type: 'claim' });
    expect(tale.by('ben', { ...reply, expectedEpoch: seen }).outcome).toBe('STALE');
  });
  it.each([
    ['empty', '', 'VALIDATION'],
    ['white', ' \n', 'VALIDATION'],
    ['too long', 'x'.repeat(1601), 'VALIDATION'],
  ])('that is %s is refused', (_, text, code) => {
    expect(bens().by('ben', { ...reply, draft: draft(text) }).outcome).toBe(code);
  });
  it('may be as long as carriers take, in any script, or a picture alone', () => {
    const picture = {
      ...draft(''),
      media: [{ id: 'm1', url: 'https://x.test/1.png', contentType: 'image/png' }],
    };
    expect(bens().by('ben', { ...reply, draft: draft('é'.repeat(1600)) }).outcome).toEqual([
      'message.queued',
    ]);
    expect(bens().by('ben', { ...reply, draft: draft('שלום 👩‍👩‍👧') }).outcome).toEqual(['message.queued']);
    const tale = bens().by('ben', { ...reply, draft: picture });
    expect(tale.existing.preview).toMatchObject({ text: 'Picture', from: 'us' });
  });
});

describe('people without the right', () => {
  it.each([
    ['nobody outside of the group knows of it', 'eve', 'NOT_FOUND'],
    ['nobody unknown', 'mallory', 'NOT_FOUND'],
    ['an Observer cannot take it', 'olga', 'FORBIDDEN'],
    ['an Admin outside of the group cannot own it', 'zoe', 'NOT_MEMBER'],
  ])('%s', (_, who, code) => {
    expect(unassigned().by(who, { type: 'claim' }).outcome).toBe(code);
  });
  it('a disabled user is nobody', () => {
    const tale = unassigned();
    tale.surroundings = around(SUPPORT, { ben: { active: false } });
    expect(tale.by('ben', { type: 'claim' }).outcome).toBe('NOT_FOUND');
  });
  it.each(['eve', 'olga', 'mallory'])('nothing is handed to %s', (to) => {
    expect(bens().by('ben', { type: 'transfer', to }).outcome).toBe('NOT_MEMBER');
    expect(bens().by('ada', { type: 'assign', to }).outcome).toBe('NOT_MEMBER');
  });
  it('nor to a disabled colleague', () => {
    const tale = bens();
    tale.surroundings = around(SUPPORT, { cleo: { active: false } });
    expect(tale.by('ben', { type: 'transfer', to: 'cleo' }).outcome).toBe('NOT_MEMBER');
  });
  it('a Member cannot assign, nor return or finish another’s', () => {
    expect(bens().by('cleo', { type: 'assign', to: 'cleo' }).outcome).toBe('FORBIDDEN');
    expect(bens().by('cleo', { type: 'return' }).outcome).toBe('NOT_OWNER');
    expect(bens().by('cleo', { type: 'complete', seenSeq: 9 }).outcome).toBe('NOT_OWNER');
    expect(bens().by('cleo', { type: 'transfer', to: 'ada' }).outcome).toBe('NOT_OWNER');
    expect(bens().by('ben', { type: 'transfer', to: 'ben' }).outcome).toBe('VALIDATION');
  });
});

describe('a Team Member’s own inbox', () => {
  const own = () => story(CLEOS).do(inbound());
  it('is theirs from the first text on, and again after Done', () => {
    expect(own().outcome).toEqual(['conversation.created', 'conversation.assigned', 'message.received']);
    expect(own().owner).toBe('cleo');
    const finished = own().by('cleo', { type: 'complete', seenSeq: 1 });
    expect(finished.do(inbound('hi')).owner).toBe('cleo');
  });
  it('never changes hands', () => {
    expect(own().by('cleo', { type: 'transfer', to: 'ben' }).outcome).toBe('FORBIDDEN');
    expect(own().by('cleo', { type: 'return' }).outcome).toBe('FORBIDDEN');
    expect(own().by('ada', { type: 'assign', to: 'ada' }).outcome).toBe('FORBIDDEN');
    expect(own().by('ben', { type: 'claim' }).outcome).toBe('NOT_FOUND');
    expect(own().do({ type: 'release', ownerId: 'cleo', cause: 'disabled' }).outcome).toEqual([]);
    expect(own().by('cleo', reply).outcome).toEqual(['message.queued']);
  });
  it('is theirs even before anybody told us their name', () => {
    const strange = new Story({ inbox: CLEOS, people: new Map() }).do(inbound());
    expect(strange.existing.owner).toEqual({ id: 'cleo', name: 'cleo' });
  });
});

describe('an inbox for everyone', () => {
  const all = () => story(EVERYONES).do(inbound());
  it('has no owners; anybody replies, which ends the waiting, and completes', () => {
    expect(all().existing).toMatchObject({ owner: null, waitingSince: expect.any(String) });
    expect(all().by('ben', { type: 'claim' }).outcome).toBe('FORBIDDEN');
    const answered = all().by('ben', reply);
    expect(answered.existing).toMatchObject({ owner: null, waitingSince: null });
    expect(answered.by('cleo', reply).outcome).toEqual(['message.queued']);
    expect(answered.by('cleo', { type: 'complete', seenSeq: 1 }).existing.status).toBe('done');
    expect(answered.by('ben', reply).outcome).toBe('DONE');
    expect(answered.by('ben', { type: 'reopen' }).existing).toMatchObject({ status: 'open', owner: null });
    expect(answered.by('olga', reply).outcome).toBe('FORBIDDEN');
  });
});
