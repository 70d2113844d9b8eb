import type { consentsBody } from '@partyline/contracts';
import Papa from 'papaparse';
import type { z } from 'zod';

export type ConsentItem = z.input<typeof consentsBody>['items'][number];

export interface OptOutFile {
  readonly items: readonly ConsentItem[];
  /** Lines that say nothing that can be taken over, with why; the first line is 1. */
  readonly faults: readonly { readonly line: number; readonly reason: string }[];
}

/** How the column with the customer's number is called in the exports of others; the first column where none is. */
const CUSTOMER = ['customer', 'contact', 'phone', 'phone number', 'mobile', 'recipient', 'to', 'peer'];
const IN_AGAIN = new Set(['opted_in', 'opted in', 'in', 'subscribed', 'start']);

/**
 * Who opted out, from a file as other systems and we ourselves export it: a customer's number in each line, with or
 * without a head. `number` (ours), `state` and `at` are taken where they are columns.
 */
export function readOptOuts(text: string): OptOutFile {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' });
  const [first = []] = data;
  const head = first.some((cell) => /\d{4}/.test(cell))
    ? null
    : first.map((cell) => cell.trim().toLowerCase());
  const at = (name: string): number => head?.indexOf(name) ?? -1;
  const customer = Math.max(0, head?.findIndex((name) => CUSTOMER.includes(name)) ?? 0);
  const items: ConsentItem[] = [];
  const faults: { line: number; reason: string }[] = [];
  for (const [index, row] of data.entries()) {
    if (index === 0 && head) continue;
    const cell = (column: number): string => unguarded(row[column] ?? '').trim();
    const peer = cell(customer);
    const when = cell(at('at'));
    if (peer === '') faults.push({ line: index + 1, reason: 'there is no number' });
    else if (when !== '' && Number.isNaN(Date.parse(when)))
      faults.push({ line: index + 1, reason: `“${when}” is no time` });
    else {
      items.push({
        peer,
        state: IN_AGAIN.has(cell(at('state')).toLowerCase()) ? 'opted_in' : 'opted_out',
        ...(cell(at('number')) === '' ? {} : { number: cell(at('number')) }),
        ...(when === '' ? {} : { at: new Date(when).toISOString() }),
      });
    }
  }
  return { items, faults };
}

/** Exports put an apostrophe in front of what a spreadsheet would take for a formula: "'+1415...". */
const unguarded = (cell: string): string => cell.replace(/^'(?=[=+\-@])/, '');
