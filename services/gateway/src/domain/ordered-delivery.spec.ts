import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OrderedDelivery } from './ordered-delivery.js';

describe('joining replay and live', () => {
  it('gives every event once and in order, whenever the replay ends and however far it overlaps', () => {
    fc.assert(
      fc.property(
        fc.record({ seen: fc.nat(20), attached: fc.nat(20), overlap: fc.nat(10), live: fc.nat(30) }),
        fc.infiniteStream(fc.boolean()),
        ({ seen, attached, overlap, live }, replayFirst) => {
          const end = attached + live;
          const through = Math.min(attached + overlap, end);
          const gap = range(seen + 1, through);
          const news = range(attached + 1, end);
          const delivery = new OrderedDelivery<number>(seen, true);
          const got: number[] = [];
          let caughtUp = false;
          while (gap.length > 0 || news.length > 0 || !caughtUp) {
            const fromGap: boolean = !caughtUp && (news.length === 0 || replayFirst.next().value === true);
            if (fromGap) {
              const sequence = gap.shift();
              if (sequence !== undefined) got.push(...delivery.replayed(sequence, sequence));
              else {
                got.push(...delivery.caughtUp());
                caughtUp = true;
              }
            } else {
              const sequence = news.shift();
              if (sequence !== undefined) got.push(...delivery.live(sequence, sequence));
            }
          }
          expect(got).toEqual(range(seen + 1, Math.max(end, seen)));
        },
      ),
    );
  });

  it('passes nothing that the receiver has from another replica already', () => {
    const delivery = new OrderedDelivery<string>(7, false);
    expect(delivery.live(6, 'six')).toEqual([]);
    expect(delivery.live(7, 'seven')).toEqual([]);
    expect(delivery.live(8, 'eight')).toEqual(['eight']);
  });

  it('begins anew with another stream', () => {
    const delivery = new OrderedDelivery<string>(700, true);
    delivery.live(701, 'of the old stream');
    delivery.restart(2);
    delivery.live(3, 'three');
    expect(delivery.caughtUp()).toEqual(['three']);
    expect(delivery.position).toBe(3);
  });
});

function range(from: number, through: number): number[] {
  return Array.from({ length: Math.max(0, through - from + 1) }, (_, index) => from + index);
}
