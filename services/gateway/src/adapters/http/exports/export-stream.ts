import { pipeline, Readable, Transform } from 'node:stream';
import { stringify } from 'csv-stringify';
import { CountedFile } from '../audit/counted-file.js';
import type { Columns } from './export-columns.js';

/** Rows that wait between reading and sending. */
const AHEAD = 16;

export function csvFile<T>(name: string, rows: AsyncIterable<T>, columns: Columns<T>): CountedFile {
  return fileOf(name, 'text/csv', rows, (counted) => asCsv(counted, columns));
}

export function ndjsonFile<T>(name: string, rows: AsyncIterable<T>): CountedFile {
  return fileOf(name, 'application/x-ndjson', rows, asNdjson);
}

function fileOf<T>(
  name: string,
  type: string,
  rows: AsyncIterable<T>,
  write: (rows: AsyncIterable<T>) => Readable,
): CountedFile {
  let read = 0;
  const counted = (async function* () {
    for await (const row of rows) {
      read += 1;
      yield row;
    }
  })();
  const options = {
    type: `${type}; charset=utf-8`,
    disposition: `attachment; filename="partyline-${name}"`,
  };
  return new CountedFile(write(counted), options, () => read);
}

/**
 * A table by RFC 4180 in UTF-8, with the mark by which spreadsheets know it. A cell that a spreadsheet would take for
 * a formula (it begins with = + - @, a tab, a carriage return, or a full-width form of these) gets an apostrophe in
 * front, which says "this is text": customers choose their names and words. So phone numbers have one, too.
 */
function asCsv<T>(rows: AsyncIterable<T>, columns: Columns<T>): Readable {
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
function asNdjson<T>(rows: AsyncIterable<T>): Readable {
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
