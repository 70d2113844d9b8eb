import { pipeline, Readable, Transform } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Columns } from './export-columns.js';

/** Rows that wait between reading and sending. */
const AHEAD = 16;

/**
 * A table by RFC 4180 in UTF-8, with the mark by which spreadsheets know it. A cell that a spreadsheet would take for
 * a formula (it begins with = + - @, a tab, a carriage return, or a full-width form of these) gets an apostrophe in
 * front, which says "this is text": customers choose their names and words. So phone numbers have one, too.
 */
export function asCsv<T>(rows: AsyncIterable<T>, columns: Columns<T>): Readable {
  const csv = stringify({
    header: true,
    columns: Object.keys(columns),
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    // A lone carriage return or line feed ends no row of ours, but does in most readers.
    quoted_match: /[\r\n]/,
    writableHighWaterMark: AHEAD,
  });
  return through(cells(rows, columns), csv);
}

/** One JSON document a line, as the API writes them elsewhere: nothing in it is changed. */
export function asNdjson<T>(rows: AsyncIterable<T>): Readable {
  const lines = new Transform({
    writableObjectMode: true,
    writableHighWaterMark: AHEAD,
    transform: (row: T, _, done) => done(null, `${JSON.stringify(row)}\n`),
  });
  return through(rows, lines);
}

async function* cells<T>(rows: AsyncIterable<T>, columns: Columns<T>): AsyncIterable<unknown[]> {
  const all = Object.values(columns);
  for await (const row of rows) yield all.map((cell) => cell(row));
}

/** Whoever ends the one ends the other: a client that goes away stops the reading. */
function through(rows: AsyncIterable<unknown>, out: Transform): Readable {
  pipeline(Readable.from(rows, { highWaterMark: AHEAD }), out, () => {
    // Said by `out` itself, which the response listens to.
  });
  return out;
}
