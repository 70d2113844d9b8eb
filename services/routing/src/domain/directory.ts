import type { DirectoryKind, DirectoryRecord, Permission } from '@partyline/contracts';

export type NumberRecord = DirectoryRecord<'numbers'>;
export type Department = DirectoryRecord<'departments'>;
export type RingGroup = DirectoryRecord<'ring-groups'>;
export type WelcomeMenu = DirectoryRecord<'welcome-menus'>;
export type Schedule = DirectoryRecord<'schedules'>;

/** A user of the tenant, as far as routing has heard of them. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly active: boolean;
}

/** The records of one kind by their id. */
export type Records<K extends DirectoryKind> = ReadonlyMap<string, DirectoryRecord<K>>;

/** Everything of one tenant that decides where a text goes. Never changed in place. */
export type Directory = { readonly [K in DirectoryKind]: Records<K> } & {
  readonly people: ReadonlyMap<string, Person>;
};

export const EMPTY_DIRECTORY: Directory = {
  numbers: new Map(),
  departments: new Map(),
  'ring-groups': new Map(),
  'welcome-menus': new Map(),
  schedules: new Map(),
  inboxes: new Map(),
  people: new Map(),
};

/** The name of a person for the screen; an id where no name is known yet. */
export function personName(directory: Directory, userId: string): string {
  return directory.people.get(userId)?.name ?? userId;
}
