import { describe, expect, it } from '@jest/globals';
import type { InboundMessage } from '@partyline/contracts';
import fc from 'fast-check';
import { GAP, inOrder, isWhole, joinedEvent, joinOf, type WaitingPart } from './parts.js';

const noon = new Date('2026-11-23T12:00:00.000Z');
const event = (text: string): InboundMessage => ({
  receiptId: 'rc',
  messageId: 'ms',
  carrier: 'vonage',
  accountId: 'acc',
  providerMessageId: 'x',
  from: '+14155550123',
  to: '+12125550101',
  group: [],
  text,
  media: [],
  receivedAt: noon.toISOString(),
});
const part = (
  number: number,
  total: number,
  text: string,
  at = noon,
  receiptId = `rc_${number}`,
): WaitingPart => ({
  receiptId,
  number,
  total,
  receivedAt: at,
  event: event(text),
});

describe('parts of a text', () => {
  it('make the same text in whatever order they come, with every space of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 9 }).chain((texts) =>
          fc.record({
            texts: fc.constant(texts),
            order: fc.shuffledSubarray([...texts.keys()], { minLength: texts.length }),
          }),
        ),
        ({ texts, order }) => {
          const parts = order.map((index) => part(index + 1, texts.length, texts[index] ?? ''));
          expect(isWhole(parts)).toBe(true);
          expect(joinedEvent(parts)?.text).toBe(texts.join(''));
          expect(joinOf('acme', 'k', parts)).toMatchObject({
            leadId: 'rc_1',
            numbers: [...texts.keys()].map((i) => i + 1),
          });
        },
      ),
    );
  });

  it.each([
    ['the first', [2, 3], `${GAP}bc`],
    ['the middle', [1, 3], `a${GAP}c`],
    ['the last', [1, 2], `ab${GAP}`],
  ])('show a gap where %s is missing', (_what, numbers, expected) => {
    const parts = numbers.map((number) => part(number, 3, 'abc'[number - 1] ?? ''));
    expect(isWhole(parts)).toBe(false);
    expect(joinedEvent(parts)?.text).toBe(expected);
  });

  it('are taken once, the first to come in', () => {
    const later = new Date(noon.getTime() + 1);
    const parts = [part(1, 2, 'again', later, 'rc_z'), part(2, 2, 'b'), part(1, 2, 'a')];
    expect(inOrder(parts).map(({ receiptId }) => receiptId)).toEqual(['rc_1', 'rc_2']);
    expect(joinedEvent(parts)?.text).toBe('ab');
  });

  it('are no text where there are none', () => {
    expect(joinOf('acme', 'k', [])).toBeNull();
    expect(joinedEvent([])).toBeNull();
    expect(isWhole([])).toBe(false);
  });
});
