import type { DirectoryKind, DirectoryRecord, Forward } from '@partyline/contracts';
import { normalizeChoice } from './dialogue.js';
import type { Directory, RingGroup, Schedule, WelcomeMenu } from './directory.js';
import type { Issue } from './issue.js';
import { isTimeZone } from './schedule.js';

/** What a record refers to must exist, and ring groups must not pass texts on in a circle. */
export function checkReferences<K extends DirectoryKind>(
  directory: Directory,
  kind: K,
  record: DirectoryRecord<K>,
): Issue[] {
  return CHECKS[kind](directory, record);
}

const CHECKS: {
  readonly [K in DirectoryKind]: (directory: Directory, record: DirectoryRecord<K>) => Issue[];
} = {
  numbers: (directory, { destination }) => {
    if (!destination) return [];
    const kind = DESTINATIONS[destination.kind];
    return directory[kind].has(destination.id)
      ? []
      : [missing('destination.id', destination.kind, destination.id)];
  },
  departments: (directory, { memberIds, scheduleId }) => [
    ...checkMembers(directory, memberIds),
    ...(scheduleId === null || directory.schedules.has(scheduleId)
      ? []
      : [missing('scheduleId', 'schedule', scheduleId)]),
  ],
  'ring-groups': (directory, group) => [
    ...checkMembers(directory, group.memberIds),
    ...checkForward(directory, group.textsTo, 'textsTo'),
    ...checkCircle(directory, group),
  ],
  'welcome-menus': (directory, menu) => [
    ...checkMembers(directory, menu.memberIds),
    ...menu.options.flatMap(({ to }, index) => checkForward(directory, to, `options.${index}.to`)),
    ...checkChoices(menu),
  ],
  schedules: (_directory, schedule) => checkSchedule(schedule),
  inboxes: () => [],
};

const DESTINATIONS = {
  department: 'departments',
  ring_group: 'ring-groups',
  welcome_menu: 'welcome-menus',
} as const;

function missing(path: string, kind: string, id: string): Issue {
  return { path, message: `There is no ${kind.replace('_', ' ')} "${id}"; choose one that exists.` };
}

function checkMembers(directory: Directory, memberIds: readonly string[]): Issue[] {
  return memberIds.flatMap((id, index) =>
    directory.people.has(id) ? [] : [missing(`memberIds.${index}`, 'user', id)],
  );
}

function checkForward(directory: Directory, to: Forward, path: string): Issue[] {
  if (to.kind === 'self' || to.kind === 'everyone') return [];
  if (to.kind !== 'member') {
    return directory[DESTINATIONS[to.kind]].has(to.id) ? [] : [missing(`${path}.id`, to.kind, to.id)];
  }
  const person = directory.people.get(to.userId);
  if (!person) return [missing(`${path}.userId`, 'user', to.userId)];
  if (person.active) return [];
  return [{ path: `${path}.userId`, message: `${person.name} is not active; choose somebody who is.` }];
}

function checkCircle(directory: Directory, group: RingGroup): Issue[] {
  const way = [group.name];
  const seen = new Set([group.id]);
  let next: RingGroup | undefined = group;
  while (next?.textsTo.kind === 'ring_group') {
    const { id } = next.textsTo;
    if (seen.has(id)) {
      const circle = [...way, id === group.id ? group.name : (directory['ring-groups'].get(id)?.name ?? id)];
      return [{ path: 'textsTo.id', message: `Texts would go in a circle: ${circle.join(' > ')}.` }];
    }
    seen.add(id);
    next = directory['ring-groups'].get(id);
    if (next) way.push(next.name);
  }
  return [];
}

function checkChoices(menu: WelcomeMenu): Issue[] {
  const taken = new Set(['menu']);
  return menu.options.flatMap(({ key }, index) => {
    const choice = normalizeChoice(key);
    const path = `options.${index}.key`;
    if (choice === '')
      return [{ path, message: `"${key}" cannot be told from punctuation; use a digit or a word.` }];
    if (taken.has(choice)) {
      const why = choice === 'menu' ? 'starts the menu over' : 'is used by another option';
      return [{ path, message: `"${key}" ${why}; choose another key.` }];
    }
    taken.add(choice);
    return [];
  });
}

function checkSchedule({ timeZone, hours }: Schedule): Issue[] {
  const zone = isTimeZone(timeZone)
    ? []
    : [{ path: 'timeZone', message: `"${timeZone}" is no time zone; use a name like Europe/Berlin.` }];
  const empty = hours.flatMap(({ from, to }, index) =>
    from === to ? [{ path: `hours.${index}.to`, message: `From ${from} to ${to} is no time at all.` }] : [],
  );
  return [...zone, ...empty];
}
