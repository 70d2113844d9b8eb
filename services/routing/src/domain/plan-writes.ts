import type { DirectoryKind } from '@partyline/contracts';
import { DIRECTORY } from '@partyline/contracts';
import { isDeepStrictEqual } from 'node:util';
import { deriveInboxes } from './derive-inboxes.js';
import type { Directory } from './directory.js';
import { inboxOfNumber } from './number-inbox.js';

/** The directory as it is stored, with what the store knows beside the records. */
export interface StoredDirectory {
  readonly directory: Directory;
  /** By `<kind>/<id>`, removed records included: their revisions go on when they come back. */
  readonly revisions: ReadonlyMap<string, number>;
  /** The inbox last told for a number. */
  readonly numberInboxes: ReadonlyMap<string, string | null>;
}

/** One record as it is to be stored. `revision` 1 is a new one; otherwise `revision - 1` is replaced. */
export interface DirectoryWrite {
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly revision: number;
  readonly removed: boolean;
  readonly record: Readonly<Record<string, unknown>>;
  /** Of numbers only. */
  readonly inboxId: string | null;
}

export const revisionKey = (kind: DirectoryKind, id: string): string => `${kind}/${id}`;

const KINDS = Object.keys(DIRECTORY) as DirectoryKind[];

/** All writes that lead from what is stored to `next`, with the inboxes that follow from it. None when nothing changed. */
export function planWrites(stored: StoredDirectory, next: Directory): DirectoryWrite[] {
  const settled: Directory = { ...next, inboxes: deriveInboxes(next) };
  return KINDS.flatMap((kind) => {
    const before: ReadonlyMap<string, object> = stored.directory[kind];
    const after: ReadonlyMap<string, object> = settled[kind];
    const write = (id: string, record: object, removed: boolean): DirectoryWrite => ({
      kind,
      id,
      revision: (stored.revisions.get(revisionKey(kind, id)) ?? 0) + 1,
      removed,
      record: { ...record },
      inboxId: kind === 'numbers' && !removed ? numberInbox(settled, id) : null,
    });
    const changed = [...after].filter(
      ([id, record]) =>
        !isDeepStrictEqual(record, before.get(id)) ||
        (kind === 'numbers' && numberInbox(settled, id) !== (stored.numberInboxes.get(id) ?? null)),
    );
    const removed = [...before].filter(([id]) => !after.has(id));
    return [
      ...changed.map(([id, record]) => write(id, record, false)),
      ...removed.map(([id, record]) => write(id, record, true)),
    ];
  });
}

function numberInbox(directory: Directory, id: string): string | null {
  const number = directory.numbers.get(id);
  return number ? inboxOfNumber(directory, number) : null;
}
