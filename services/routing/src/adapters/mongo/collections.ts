import type { DirectoryKind } from '@partyline/contracts';
import type { mongo } from 'mongoose';
import type { Dialogue } from '../../domain/dialogue.js';
import type { Person } from '../../domain/directory.js';

export const COLLECTIONS: Readonly<Record<DirectoryKind, string>> = {
  numbers: 'numbers',
  departments: 'departments',
  'ring-groups': 'ringGroups',
  'welcome-menus': 'welcomeMenus',
  schedules: 'schedules',
  inboxes: 'inboxes',
};

/** A record of the directory as it lies in its collection; removed ones stay, so that their revisions go on. */
export interface RecordDocument {
  readonly tenantId: string;
  readonly id: string;
  readonly revision: number;
  /** The revision that other services were last told of. */
  readonly publishedRevision: number;
  /** There while publishedRevision < revision and others are to be told, for a small index. */
  readonly unpublished?: true;
  /** Why others are told again of what they were told before. */
  readonly again?: string;
  readonly removed: boolean;
  readonly record: Readonly<Record<string, unknown>>;
  readonly inboxId: string | null;
}

export interface PersonDocument extends Person {
  readonly tenantId: string;
  readonly revision: number;
}

export interface VersionDocument {
  readonly tenantId: string;
  readonly version: number;
}

export interface DialogueDocument extends Dialogue {
  readonly tenantId: string;
  readonly number: string;
  readonly peer: string;
  readonly revision: number;
  readonly changedAt: Date;
}

export const recordsOf = (db: mongo.Db, kind: DirectoryKind): mongo.Collection<RecordDocument> =>
  db.collection<RecordDocument>(COLLECTIONS[kind]);
export const peopleOf = (db: mongo.Db): mongo.Collection<PersonDocument> =>
  db.collection<PersonDocument>('people');
export const versionsOf = (db: mongo.Db): mongo.Collection<VersionDocument> =>
  db.collection<VersionDocument>('directoryVersions');
export const dialoguesOf = (db: mongo.Db): mongo.Collection<DialogueDocument> =>
  db.collection<DialogueDocument>('menuSessions');
