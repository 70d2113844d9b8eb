import { describe, expect, it } from '@jest/globals';
import {
  around,
  bens,
  done,
  draft,
  PLACE,
  SUPPORT,
  unassigned,
  type Story,
} from '../../../test/support/story.js';
import { whyNotOwner } from '../directory.js';
import type { Member } from '../inbox.js';

const POLICY = { ...SUPPORT, returnWhenAway: true };
const ben = (availability: Member['availability'], inbox = POLICY) =>
  around(inbox, { ben: { availability } });

/** As it is when Ben went out of office. */
function benOut(tale: Story): Story {
  tale.surroundings = ben('out_of_office');
  return tale;
}

describe('an inbox that takes back what belongs to who is out of office', () => {
  it.each([
    ['out of office', ben('out_of_office'), 'away'],
    ['away for a moment', ben('away'), null],
    ['available', ben('available'), null],
    ['out of office, without the policy', ben('out_of_office', SUPPORT), null],
    ['out of office, in what is theirs alone', ben('out_of_office', { ...POLICY, kind: 'member' }), null],
  ])('%s', (_, surroundings, why) => {
    expect(whyNotOwner('ben', surroundings)).toBe(why);
  });

  it('gives it back to Unassigned, once', () => {
    const tale = benOut(bens()).do({ type: 'release', ownerId: 'ben', cause: 'away' });
    expect(tale.last).toMatchObject({ value: [{ data: { from: { id: 'ben' }, cause: 'away' } }] });
    expect(tale.owner).toBeNull();
    expect(tale.do({ type: 'release', ownerId: 'ben', cause: 'away' }).outcome).toEqual([]);
  });

  it('lets nobody own there meanwhile, by whatever way, and says what to do', () => {
    expect(benOut(unassigned()).by('ben', { type: 'claim' }).outcome).toBe('FORBIDDEN');
    expect(benOut(unassigned()).by('ada', { type: 'assign', to: 'ben' }).outcome).toBe('NOT_MEMBER');
    expect(benOut(done()).by('ben', { type: 'reopen' }).outcome).toBe('FORBIDDEN');
    const sent = benOut(unassigned()).by('ben', { type: 'reply', draft: draft(), claim: true });
    expect(sent.outcome).toBe('FORBIDDEN');
    const started = benOut(done()).do({
      type: 'start',
      by: 'ben',
      place: PLACE,
      optOuts: [],
      channel: { carrier: 'simulator', accountId: 'acc' },
      draft: draft(),
    });
    expect(started.outcome).toBe('FORBIDDEN');
    expect(started.last).toMatchObject({
      error: { message: expect.stringContaining('Set yourself to available first') },
    });
  });
});
