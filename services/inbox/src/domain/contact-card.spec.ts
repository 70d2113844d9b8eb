import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  changeCard,
  createCard,
  mergeCards,
  separateCards,
  type CardDecision,
  type ContactCard,
} from './contact-card.js';

const AT = '2026-11-23T12:00:00.000Z';
const card = (id: string, changes: Partial<ContactCard> = {}): ContactCard => ({
  id,
  name: id,
  notes: '',
  numbers: [`+1212555000${id.length}`],
  inboxIds: ['support'],
  lastActivityAt: AT,
  revision: 3,
  mergedInto: null,
  brought: [],
  ...changes,
});
const bare = (id: string, number: string) => card(id, { name: null, numbers: [number], revision: 0 });
const after = (decision: CardDecision) => {
  if (!decision.ok) throw new Error(decision.error.message);
  return new Map(decision.value.map((change) => [change.after.id, change.after]));
};
const code = (decision: CardDecision) => (decision.ok ? decision.value.length : decision.error.code);

describe('what people write down about contacts', () => {
  it.each<[string, CardDecision, string | number]>([
    ['a contact needs a name or a number', createCard('a', { name: '  ' }, [], AT), 'VALIDATION'],
    [
      'a number of somebody else is not taken from them',
      createCard('a', { numbers: ['+1'] }, [card('bo', { numbers: ['+1'] })], AT),
      'IN_USE',
    ],
    [
      'what somebody else changed meanwhile is not overwritten',
      changeCard(card('a'), 2, { name: 'x' }, []),
      'STALE',
    ],
    ['the same again changes nothing', changeCard(card('a'), 3, { name: ' a ' }, []), 0],
    ['a contact is not merged with itself', mergeCards(card('a'), 3, card('a')), 'VALIDATION'],
    [
      'a contact that became part of another is not changed any more',
      changeCard(card('a', { mergedInto: 'b' }), 3, { name: 'x' }, []),
      'STALE',
    ],
    [
      'what is part of another contact already is not merged',
      mergeCards(card('a'), 3, card('bo', { mergedInto: 'c' })),
      'STALE',
    ],
    ['only a part can be taken out', separateCards(card('a'), 3, card('bo')), 'NOT_FOUND'],
  ])('%s', (_, decision, expected) => expect(code(decision)).toBe(expected));

  it('a number that nobody wrote anything down about becomes the new contact’s', () => {
    const cards = after(createCard('new', { name: ' Maria  G ', numbers: ['+1'] }, [bare('x', '+1')], AT));
    expect(cards.get('new')).toMatchObject({ name: 'Maria G', numbers: ['+1'], inboxIds: ['*', 'support'] });
    expect(cards.get('x')).toMatchObject({ numbers: [], brought: ['+1'], mergedInto: 'new' });
  });

  it('a number that is taken out of a contact goes on, for itself', () => {
    const cards = [
      ...after(changeCard(card('a', { numbers: ['+1', '+2'] }), 3, { numbers: ['+2'] }, [])).values(),
    ];
    expect(cards.map(({ name, numbers }) => ({ name, numbers }))).toEqual([
      { name: 'a', numbers: ['+2'] },
      { name: null, numbers: ['+1'] },
    ]);
  });

  const numbers = fc.uniqueArray(
    fc.integer({ min: 1, max: 9 }).map((n) => `+${n}`),
    { maxLength: 4 },
  );
  it('a merge loses no number and gives none to two; taken back, everything is as it was', () => {
    fc.assert(
      fc.property(numbers, numbers, fc.option(fc.string()), (ones, theirs, name) => {
        const into = card('into', { name, numbers: ones });
        const other = card('other', { numbers: theirs.filter((number) => !ones.includes(number)) });
        const merged = after(mergeCards(into, 3, other));
        const whole = merged.get('into');
        const part = merged.get('other');
        if (!whole || !part) throw new Error('Both have to change');
        expect(new Set(whole.numbers)).toEqual(new Set([...into.numbers, ...other.numbers]));
        expect(whole.numbers).toHaveLength(into.numbers.length + other.numbers.length);
        expect(part.numbers).toEqual([]);
        const apart = after(separateCards(whole, whole.revision, part));
        expect(apart.get('into')?.numbers).toEqual(into.numbers);
        expect(apart.get('other')).toMatchObject({
          name: other.name,
          numbers: other.numbers,
          mergedInto: null,
        });
      }),
    );
  });
});
