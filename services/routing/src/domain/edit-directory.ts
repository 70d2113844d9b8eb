import { DIRECTORY, type DirectoryKind, type DirectoryRecord, type Refusal } from '@partyline/contracts';
import { fail, ok, type Result } from '@partyline/kernel';
import { isDeepStrictEqual } from 'node:util';
import { checkReferences } from './check-references.js';
import type { Directory } from './directory.js';
import type { Issue } from './issue.js';
import { usersOf } from './users-of.js';

/** A request to change one record. `revision`: the one the person had on the screen, where the client tells it. */
export type DirectoryEdit =
  | {
      readonly type: 'create';
      readonly kind: DirectoryKind;
      readonly record: Readonly<Record<string, unknown>>;
    }
  | {
      readonly type: 'update';
      readonly kind: DirectoryKind;
      readonly id: string;
      readonly record: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'remove'; readonly kind: DirectoryKind; readonly id: string };

/** The directory after the edit. What follows from it (inboxes) is not in it yet. */
export interface Edited {
  readonly directory: Directory;
  readonly kind: DirectoryKind;
  readonly id: string;
}

/** Ids become part of inbox ids, which are tokens of subjects with a length limit. */
const ID = /^[A-Za-z0-9_-]{1,48}$/;
const KIND_NAMES: Readonly<Record<DirectoryKind, string>> = {
  numbers: 'number',
  departments: 'department',
  'ring-groups': 'ring group',
  'welcome-menus': 'welcome menu',
  schedules: 'schedule',
  inboxes: 'inbox',
};
/** What an Admin may set on an inbox; all else follows its source. */
const INBOX_POLICIES = ['reopenTo', 'alertAfterMinutes', 'returnWhenAway', 'autoAssign'] as const;

export function editDirectory(
  directory: Directory,
  revisionOf: (kind: DirectoryKind, id: string) => number,
  edit: DirectoryEdit,
): Result<Edited, Refusal> {
  if (edit.type === 'create') return create(directory, edit.kind, edit.record);
  if (edit.type === 'remove') return remove(directory, edit.kind, edit.id);
  return update(directory, revisionOf(edit.kind, edit.id), edit.kind, edit.id, edit.record);
}

function create(
  directory: Directory,
  kind: DirectoryKind,
  raw: Readonly<Record<string, unknown>>,
): Result<Edited, Refusal> {
  if (kind === 'inboxes') {
    return invalid([
      { path: 'kind', message: 'An inbox comes with its department, ring group or welcome menu.' },
    ]);
  }
  const id = String(raw['id']);
  const there = directory[kind].get(id);
  if (there) {
    // Whoever got no answer sends it again, and is to hear that it is there.
    if (isDeepStrictEqual(DIRECTORY[kind].safeParse(raw).data, there)) return ok({ directory, kind, id });
    return invalid([{ path: 'id', message: `There is a ${KIND_NAMES[kind]} "${id}" already.` }]);
  }
  if (kind !== 'numbers' && !ID.test(id)) {
    return invalid([{ path: 'id', message: 'An id has 1 to 48 of the characters A-Z a-z 0-9 _ and -.' }]);
  }
  // Both can forward to everyone, and that inbox is named after the id alone.
  const twin = kind === 'ring-groups' ? 'welcome-menus' : kind === 'welcome-menus' ? 'ring-groups' : null;
  if (twin && directory[twin].has(id)) {
    return invalid([{ path: 'id', message: `The ${KIND_NAMES[twin]} "${id}" has this id already.` }]);
  }
  return put(directory, kind, id, raw);
}

function update(
  directory: Directory,
  revision: number,
  kind: DirectoryKind,
  id: string,
  changes: Readonly<Record<string, unknown>>,
): Result<Edited, Refusal> {
  const current = directory[kind].get(id);
  if (!current) return notFound(kind, id);
  const { revision: seen, id: sameId = id, ...rest } = changes;
  if (seen !== undefined && seen !== revision) {
    return fail({
      code: 'STALE',
      message: `The ${KIND_NAMES[kind]} was changed by somebody else meanwhile. Load it again and repeat your change.`,
    });
  }
  if (sameId !== id) return invalid([{ path: 'id', message: 'An id never changes.' }]);
  if (kind === 'inboxes') {
    const policies = Object.fromEntries(
      INBOX_POLICIES.filter((name) => name in rest).map((name) => [name, rest[name]]),
    );
    return put(directory, kind, id, { ...current, ...policies });
  }
  return put(directory, kind, id, { ...current, ...rest });
}

function put<K extends DirectoryKind>(
  directory: Directory,
  kind: K,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Result<Edited, Refusal> {
  const parsed = DIRECTORY[kind].safeParse({ ...raw, id });
  if (!parsed.success) {
    return invalid(
      parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
    );
  }
  const record = parsed.data as DirectoryRecord<K>;
  const issues = checkReferences(directory, kind, record);
  if (issues.length > 0) return invalid(issues);
  return ok({ directory: withRecord(directory, kind, id, record), kind, id });
}

function remove(directory: Directory, kind: DirectoryKind, id: string): Result<Edited, Refusal> {
  if (kind === 'inboxes') {
    return invalid([
      { path: 'kind', message: 'An inbox goes when its source goes; its conversations are kept.' },
    ]);
  }
  const record = directory[kind].get(id);
  if (!record) return notFound(kind, id);
  const users = usersOf(directory, kind, id);
  if (users.length > 0) {
    return fail({
      code: 'IN_USE',
      message: `The ${KIND_NAMES[kind]} ${record.name ?? id} is used by ${users.join(', ')}. Change that first.`,
    });
  }
  const records = new Map<string, unknown>(directory[kind]);
  records.delete(id);
  return ok({ directory: { ...directory, [kind]: records }, kind, id });
}

/** The directory with one record put in its place. */
export function withRecord<K extends DirectoryKind>(
  directory: Directory,
  kind: K,
  id: string,
  record: DirectoryRecord<K>,
): Directory {
  return { ...directory, [kind]: new Map<string, unknown>(directory[kind]).set(id, record) };
}

function invalid(issues: readonly Issue[]): Result<never, Refusal> {
  const first = issues[0];
  return fail({
    code: 'VALIDATION',
    message: first
      ? first.path
        ? `${first.path}: ${first.message}`
        : first.message
      : 'The record is not valid.',
    issues: [...issues],
  });
}

function notFound(kind: DirectoryKind, id: string): Result<never, Refusal> {
  return fail({ code: 'NOT_FOUND', message: `There is no ${KIND_NAMES[kind]} "${id}".` });
}
