import type { KnownOptOut } from '../commands.js';
import { describe, expect, it } from '@jest/globals';
import {
  around,
  bens,
  done,
  draft,
  inbound,
  PLACE,
  story,
  Story,
  SUPPORT,
  unassigned,
} from '../../../test/support/story.js';

describe('the table of states', () => {
  it('row 1: the first text opens a conversation that is nobody’s', () => {
    const { outcome, existing } = story().do(inbound());
    expect(outcome).toEqual(['conversation.created', 'message.received']);
    expect(existing).toMatchObject({ status: 'open', owner: null, epoch: 1, seq: 1, attention: [1] });
    expect(existing.waitingSince).not.toBeNull();
  });

  it.each([
    ['unassigned', unassigned()],
    ['owned', bens()],
  ])('row 2: a text to an open one that is %s lands and changes no owner', (_, tale) => {
    const before = tale.existing;
    tale.do(inbound('again', { messageId: 'ms_2' }));
    expect(tale.outcome).toEqual(['message.received']);
    expect(tale.existing).toMatchObject({ owner: before.owner, epoch: before.epoch, status: 'open' });
    expect(tale.existing.attention.at(-1)).toBe(tale.existing.seq);
  });

  it('row 3: a text reopens a done one to Unassigned', () => {
    const tale = done().do(inbound('hi'));
    expect(tale.outcome).toEqual(['conversation.reopened', 'message.received']);
    expect(tale.existing).toMatchObject({ status: 'open', owner: null, lastOwner: { id: 'ben' } });
    expect(tale.existing.attention).toEqual([tale.existing.seq]);
  });

  it.each([
    ['available', {}, 'ben'],
    ['away', { availability: 'away' as const }, null],
    ['disabled', { active: false }, null],
    ['an Observer now', { permissions: new Set(['view' as const]) }, null],
  ])('row 3 by policy: gives it back to its last owner who is %s', (_, change, owner) => {
    const tale = done();
    tale.surroundings = around({ ...SUPPORT, reopenTo: 'last_owner' }, { ben: change });
    expect(tale.do(inbound('hi')).owner).toBe(owner);
  });

  it.each(['STOP', 'unsubscribe', 'Quit!'])(
    'row 3: %j never reopens, is kept, and blocks sending',
    (text) => {
      const tale = done().do(inbound(text));
      expect(tale.outcome).toEqual(['message.received', 'consent.changed']);
      expect(tale.existing).toMatchObject({ status: 'done', optedOut: ['+13105550001'], attention: [] });
      tale.by('ben', { type: 'reopen' }).by('ben', { type: 'reply', draft: draft(), claim: false });
      expect(tale.outcome).toBe('OPTED_OUT');
      tale.do(inbound('START')).by('ben', { type: 'reply', draft: draft(), claim: false });
      expect(tale.outcome).toEqual(['message.queued']);
    },
  );

  it('row 4: Assign to Me', () => {
    const tale = unassigned().by('ben', { type: 'claim' });
    expect(tale.last).toEqual({
      ok: true,
      value: [{ type: 'conversation.assigned', data: { owner: { id: 'ben', name: 'Ben' }, cause: 'claim' } }],
    });
    expect(tale.existing).toMatchObject({
      epoch: 2,
      attention: [],
      waitingSince: null,
      changedBy: { id: 'ben' },
    });
  });

  it.each([
    ['an unassigned one', unassigned()],
    ['another’s', bens()],
  ])('row 5: an Admin assigns %s to anybody in the group', (_, tale) => {
    tale.by('ada', { type: 'assign', to: 'cleo' });
    expect(tale.outcome).toEqual(['conversation.assigned']);
    expect(tale.owner).toBe('cleo');
    expect(tale.existing.attention).toContain(tale.existing.seq);
  });

  it('row 5: an Admin takes another’s for herself, knowing what she saw', () => {
    expect(bens().by('ada', { type: 'claim' }).owner).toBe('ada');
    expect(bens().do({ type: 'claim', by: 'ada' }).outcome).toBe('STALE');
  });

  it('row 6: Transfer goes straight to the colleague', () => {
    const tale = bens().by('ben', { type: 'transfer', to: 'cleo' });
    expect(tale.outcome).toEqual(['conversation.transferred']);
    expect(tale.existing).toMatchObject({ owner: { id: 'cleo' }, waitingSince: null, epoch: 3 });
  });

  it.each(['ben', 'ada'])('row 7: %s returns it to the inbox', (who) => {
    const tale = bens().by(who, { type: 'return' });
    expect(tale.outcome).toEqual(['conversation.returned']);
    expect(tale.existing).toMatchObject({ status: 'open', owner: null, lastOwner: { id: 'ben' } });
    expect(tale.existing.waitingSince).not.toBeNull();
  });

  it.each(['ben', 'ada'])('row 8: %s marks it as done', (who) => {
    const tale = bens().by(who, { type: 'complete', seenSeq: 1 });
    expect(tale.outcome).toEqual(['conversation.done']);
    expect(tale.existing).toMatchObject({ status: 'done', owner: null, lastOwner: { id: 'ben' }, epoch: 3 });
  });

  it('row 9: an Admin marks an unassigned one as done, a Member does not', () => {
    expect(unassigned().by('ada', { type: 'complete', seenSeq: 1 }).outcome).toEqual(['conversation.done']);
    expect(unassigned().by('ben', { type: 'complete', seenSeq: 1 }).outcome).toBe('NOT_OWNER');
  });

  it('row 10: reopened by hand it is the person’s who reopened it; an Admin may name another', () => {
    expect(done().by('cleo', { type: 'reopen' }).owner).toBe('cleo');
    expect(done().by('ada', { type: 'reopen', to: 'ben' }).owner).toBe('ben');
    expect(done().by('cleo', { type: 'reopen', to: 'ben' }).outcome).toBe('FORBIDDEN');
    expect(done().by('ada', { type: 'reopen', to: 'eve' }).outcome).toBe('NOT_MEMBER');
  });

  const start = (optOuts: KnownOptOut[] = []) => ({
    type: 'start' as const,
    place: PLACE,
    optOuts,
    channel: { carrier: 'simulator', accountId: 'acc' },
    draft: draft(),
  });
  it('row 11: we write first', () => {
    const fresh = story().do({ ...start(), by: 'ben' });
    expect(fresh.outcome).toEqual(['conversation.created', 'conversation.assigned', 'message.queued']);
    expect(fresh.existing).toMatchObject({ owner: { id: 'ben' }, attention: [] });
    const again = done().do({ ...start(), by: 'cleo' });
    expect(again.outcome).toEqual(['conversation.reopened', 'message.queued']);
    expect(again.owner).toBe('cleo');
    expect(bens().do({ ...start(), by: 'cleo' }).outcome).toBe('ALREADY_OPEN');
    const said = { keyword: 'STOP', saidAt: '2026-11-23T11:00:00.000Z', source: 'customer' } as const;
    const silent = [{ peer: '+13105550001', ...said }];
    expect(story().do({ ...start(silent), by: 'ben' }).outcome).toBe('OPTED_OUT');
    expect(story().do({ ...start(), by: 'olga' }).outcome).toBe('FORBIDDEN');
    expect(story().do({ ...start(), by: 'eve' }).outcome).toBe('NOT_FOUND');
  });

  it('row 12: what its owner may not own any more goes back', () => {
    const tale = bens().do({ type: 'release', ownerId: 'ben', cause: 'left' });
    expect(tale.last).toEqual({
      ok: true,
      value: [{ type: 'conversation.returned', data: { from: { id: 'ben', name: 'Ben' }, cause: 'left' } }],
    });
    expect(tale.existing.attention).toContain(tale.existing.seq);
    expect(bens().do({ type: 'release', ownerId: 'cleo', cause: 'left' }).outcome).toEqual([]);
  });

  it('row 13: the owner replies, and statuses only go forward', () => {
    const tale = bens().by('ben', { type: 'reply', draft: draft(), claim: false });
    expect(tale.outcome).toEqual(['message.queued']);
    expect(tale.existing).toMatchObject({ epoch: 2, attention: [] });
    const status = (word: 'sent' | 'delivered' | 'failed' | 'queued') =>
      tale.do({
        type: 'status',
        messageId: 'ms_out',
        status: word,
        errorClass: null,
        rawCode: null,
        description: null,
      }).outcome;
    expect(status('sent')).toEqual(['message.status']);
    expect(status('queued')).toEqual([]);
    expect(status('failed')).toEqual(['message.status']);
    expect(tale.existing.failed).toBe(true);
    expect(tale.existing.unsettled).toEqual([]);
    expect(status('delivered')).toEqual([]);
    expect(tale.existing.failed).toBe(true);
  });

  it('row 13: Assign & send takes it and replies in one entry', () => {
    const tale = unassigned().do({ type: 'reply', by: 'ben', draft: draft(), claim: true });
    expect(tale.outcome).toEqual(['conversation.assigned', 'message.queued']);
    expect(tale.existing).toMatchObject({ owner: { id: 'ben' }, seq: 2, epoch: 2 });
  });

  it.each([
    ['unassigned', unassigned()],
    ['another’s', bens()],
    ['done', done()],
  ])('row 14: a note stays in the house, on one that is %s', (_, tale) => {
    const { epoch, attention } = tale.existing;
    tale.do({ type: 'note', by: 'cleo', noteId: 'no_1', text: 'VIP' });
    expect(tale.outcome).toEqual(['note.added']);
    expect(tale.existing).toMatchObject({ epoch, attention, preview: { text: 'VIP', from: 'note' } });
  });
});

describe('a welcome menu', () => {
  const asked = () =>
    new Story(around()).do({ ...inbound('hi'), autoReply: { messageId: 'ms_auto', text: 'Reply 1 or 2' } });

  it('answers in the same entry', () => {
    expect(asked().outcome).toEqual(['conversation.created', 'message.received', 'message.queued']);
    expect(asked().existing).toMatchObject({ owner: null, seq: 1 });
  });
  it('does not answer a STOP', () => {
    const tale = new Story(around()).do({
      ...inbound('STOP'),
      autoReply: { messageId: 'a', text: 'Reply 1' },
    });
    expect(tale.outcome).toEqual(['conversation.created', 'message.received', 'consent.changed']);
  });
  it('closes behind a customer who chose on, unless somebody took it or the customer came back', () => {
    const later = '2026-11-23T12:00:05.000Z';
    expect(asked().do({ type: 'close-menu', chosenAt: later }).existing.status).toBe('done');
    const taken = asked().by('ben', { type: 'claim' }).do({ type: 'close-menu', chosenAt: later });
    expect(taken.outcome).toEqual([]);
    const back = asked().do(inbound('menu', { receivedAt: '2026-11-23T12:00:06.000Z' }));
    expect(back.do({ type: 'close-menu', chosenAt: later }).outcome).toEqual([]);
  });
});
