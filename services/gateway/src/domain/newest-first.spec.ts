import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newestFirst, type Dated, type Read } from './newest-first.js';

interface Row {
  readonly at: string;
  readonly name: string;
}
const moment = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();

/** Entries of one to three rows each, newest first. */
const list = (name: string) =>
  fc.array(fc.tuple(fc.nat(59), fc.integer({ min: 1, max: 3 })), { maxLength: 12 }).map((entries) =>
    entries
      .toSorted(([a], [b]) => b - a)
      .flatMap(([minute, rows], entry) =>
        Array.from({ length: rows }, (_, row): Dated<Row> => {
          const at = moment(minute);
          return { row: { at, name: `${name}${entry}.${row}` }, at, position: String(entry) };
        }),
      ),
  );

/** So many entries of a list after one of them. */
function pageOf(rows: readonly Dated<Row>[], from: string | undefined, entries: number): Read<Row> {
  const start = from === undefined ? 0 : Number(from) + 1;
  const within = (row: Dated<Row>) => Number(row.position) >= start && Number(row.position) < start + entries;
  const more = rows.some(({ position }) => Number(position) >= start + entries);
  return { rows: rows.filter(within), from, next: more ? String(start + entries - 1) : null };
}

const byTime = (rows: readonly Row[]) => rows.every(({ at }, i) => i === 0 || at <= (rows[i - 1]?.at ?? ''));

describe('two lists as one', () => {
  it('read page by page holds every row once, the newest first, and each list in its own order', () => {
    fc.assert(
      fc.property(list('a'), list('b'), fc.integer({ min: 1, max: 5 }), (one, other, limit) => {
        const rows: Row[] = [];
        let next: readonly [string | null | undefined, string | null | undefined] = [undefined, undefined];
        for (let page = 0; next.some((cursor) => cursor !== null); page++) {
          expect(page).toBeLessThan(200);
          const [a, b] = [one, other].map((all, i) => {
            const from = next[i as 0 | 1];
            return from === null ? { rows: [], from: undefined, next: null } : pageOf(all, from, limit);
          }) as [Read<Row>, Read<Row>];
          const merged = newestFirst(a, b, limit);
          rows.push(...merged.rows);
          ({ next } = merged);
        }
        expect(byTime(rows)).toBe(true);
        expect(rows.filter(({ name }) => name.startsWith('a'))).toEqual(one.map(({ row }) => row));
        expect(rows.filter(({ name }) => name.startsWith('b'))).toEqual(other.map(({ row }) => row));
      }),
    );
  });

  it('says nothing of the older rows of one while newer ones of the other are not read', () => {
    const older = { row: 'older', at: moment(1), position: '1' };
    const unread = { rows: [], from: undefined, next: '5' };
    expect(newestFirst({ rows: [older], from: undefined, next: null }, unread, 10)).toEqual({
      rows: [],
      next: [undefined, '5'],
    });
  });
});
