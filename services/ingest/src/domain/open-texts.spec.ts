import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OpenTexts, REFUSED_MS, textId, UNANSWERED_MS, UNHEARD_MS } from './open-texts.js';

const NOW = 1_000_000;
const after = (ms: number): number => NOW + ms;

describe('a text that comes over a bind', () => {
  it('is a new one where the SMSC has heard of the one before, whatever its words', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW);
    texts.answered(first, true, NOW);
    texts.proven(texts.mark());
    expect(texts.arrive('ok', 2, NOW).id).not.toBe(first.id);
  });

  it('is a new one while the one before is on its way over the same connection', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW).id;
    expect(texts.arrive('ok', 2, NOW).id).not.toBe(first);
  });

  it('is the same one where the one before has no answer for longer than an SMSC may wait, and is settled by its own', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW);
    const again = texts.arrive('ok', 2, after(UNANSWERED_MS));
    expect(again).toMatchObject({ id: first.id, again: true });
    texts.answered(first, true, after(UNANSWERED_MS + 1));
    texts.proven(texts.mark());
    expect(texts.left(NOW).open).toHaveLength(1);
    texts.answered(again, true, after(UNANSWERED_MS + 2));
    texts.proven(texts.mark());
    expect(texts.arrive('ok', 3, after(2 * UNANSWERED_MS + 2)).id).not.toBe(first.id);
  });

  it('is the same one with the same sequence number over the same connection', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW).id;
    expect(texts.arrive('ok', 1, NOW).id).toBe(first);
  });

  it.each([true, false])(
    'is the same one where the answer got lost with the connection (answered: %s)',
    (answered) => {
      const texts = new OpenTexts('e');
      const first = texts.arrive('ok', 1, NOW);
      const { id } = first;
      if (answered) texts.answered(first, true, NOW);
      texts.lost();
      texts.bound(after(1_000));
      expect(texts.arrive('ok', 1, after(2_000)).id).toBe(id);
      expect(texts.arrive('ok', 2, after(2_000)).id).not.toBe(id);
    },
  );

  it('is the same one after a temporary refusal', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW);
    const { id } = first;
    texts.answered(first, false, NOW);
    expect(texts.arrive('ok', 2, after(REFUSED_MS - 1)).id).toBe(id);
  });

  it('is a new one when the refused one did not come again for an hour', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW);
    texts.answered(first, false, NOW);
    expect(texts.arrive('ok', 2, after(REFUSED_MS)).id).not.toBe(first.id);
  });

  it('is settled by its own answer, not by a late one to the time before', () => {
    const texts = new OpenTexts('e');
    const first = texts.arrive('ok', 1, NOW);
    texts.lost();
    texts.bound(NOW);
    const again = texts.arrive('ok', 1, NOW);
    expect(again).toMatchObject({ id: first.id, again: true });
    texts.answered(first, false, NOW);
    texts.answered(again, true, NOW);
    texts.proven(texts.mark());
    expect(texts.left(NOW).open).toEqual([]);
  });

  it('is the same one for minutes of being bound, however long we were not', () => {
    const texts = new OpenTexts('e');
    const { id } = texts.arrive('ok', 1, NOW);
    texts.lost();
    const back = after(24 * REFUSED_MS);
    texts.bound(back);
    expect(texts.left(back + UNHEARD_MS - 1).open).toHaveLength(1);
    expect(texts.arrive('ok', 1, back + UNHEARD_MS).id).not.toBe(id);
  });

  it('is recognised by whoever holds the bind next', () => {
    const texts = new OpenTexts('a');
    const arrived = texts.arrive('lost', 1, NOW);
    const lost = arrived.id;
    texts.answered(arrived, true, NOW);
    const { through, open } = texts.left(NOW);
    expect(through).toBe(1);
    const next = new OpenTexts('b', open);
    expect(next.arrive('lost', 1, NOW).id).toBe(lost);
    expect(next.arrive('lost', 2, NOW).id).toBe(textId('b', 1));
  });

  it('that both were equal and unheard is two', () => {
    const texts = new OpenTexts('e');
    const ids = [texts.arrive('ok', 1, NOW).id, texts.arrive('ok', 2, NOW).id];
    texts.lost();
    expect([texts.arrive('ok', 1, NOW).id, texts.arrive('ok', 2, NOW).id]).toEqual(ids);
  });
});

it('ids sort by arrival', () => {
  const ids = [1, 2, 10, 99, 100].map((number) => textId('e', number));
  expect(ids.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(ids);
});

/**
 * An SMSC that hands each text over until it hears that we have it, over connections that end at any time, to holders
 * that may die. What is stored must be exactly what customers wrote.
 */
describe('whatever gets lost on the way', () => {
  it('every text is stored once', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('write ok', 'write yes') },
      { weight: 8, arbitrary: fc.constantFrom('answer', 'refuse', 'prove') },
      { weight: 2, arbitrary: fc.constantFrom('cut', 'die') },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const stored = new Map<string, string>();
        let written = 0;
        let holders = 0;
        let sequence = 0;
        let texts = new OpenTexts('h0');
        let kept = texts.left(NOW);
        /** At the SMSC: not heard of. `heard`: our answer is on the wire, which a cut loses. */
        let queue: { words: string; arrived: ReturnType<OpenTexts['arrive']> | null; heard: boolean }[] = [];
        const handOver = (): void => {
          for (const one of queue.filter(({ arrived }) => arrived === null)) {
            sequence += 1;
            one.arrived = texts.arrive(one.words, sequence, NOW);
          }
        };
        const reconnect = (): void => {
          sequence = 0;
          for (const one of queue) Object.assign(one, { arrived: null, heard: false });
          texts.bound(NOW);
          handOver();
        };
        for (const [index, what] of [
          ...steps,
          'answer',
          'answer',
          ...Array<string>(400).fill('answer'),
        ].entries()) {
          const waiting = queue.find(({ heard }) => !heard);
          if (what.startsWith('write') && index < steps.length) {
            written += 1;
            queue.push({ words: what.slice(6), arrived: null, heard: false });
            handOver();
          } else if (what === 'answer' && waiting?.arrived) {
            stored.set(waiting.arrived.id, waiting.words);
            texts.answered(waiting.arrived, true, NOW);
            waiting.heard = true;
          } else if (what === 'refuse' && waiting?.arrived) {
            texts.answered(waiting.arrived, false, NOW);
            Object.assign(waiting, { arrived: null });
            handOver();
          } else if (what === 'prove') {
            texts.proven(texts.mark());
            queue = queue.filter(({ heard }) => !heard);
            kept = texts.left(NOW);
          } else if (what === 'cut') {
            texts.lost();
            reconnect();
          } else if (what === 'die') {
            // What was stored after the last note counts as open, too.
            const unnoted = [...stored.keys()].filter(
              (id) => id.startsWith(`h${holders}-`) && id > textId(`h${holders}`, kept.through),
            );
            const noted = kept.open.filter(({ id }) => stored.has(id));
            holders += 1;
            texts = new OpenTexts(`h${holders}`, [
              ...noted,
              ...unnoted.map((id) => ({ id, fingerprint: stored.get(id) ?? '' })),
            ]);
            kept = texts.left(NOW);
            reconnect();
          }
        }
        expect(stored.size).toBe(written);
      }),
      { numRuns: 500 },
    );
  });
});
