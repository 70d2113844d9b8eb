import type { DirectoryKind, Forward } from '@partyline/contracts';
import type { Directory } from './directory.js';

/** What refers to a record, in words; a record in use cannot be removed. */
export function usersOf(directory: Directory, kind: DirectoryKind, id: string): string[] {
  if (kind === 'schedules') {
    return [...directory.departments.values()]
      .filter((department) => department.scheduleId === id)
      .map((department) => `the department ${department.name}`);
  }
  if (kind === 'departments') {
    return [...numbersTo(directory, 'department', id), ...forwardsTo(directory, 'department', id)];
  }
  if (kind === 'ring-groups') {
    return [...numbersTo(directory, 'ring_group', id), ...forwardsTo(directory, 'ring_group', id)];
  }
  return kind === 'welcome-menus' ? numbersTo(directory, 'welcome_menu', id) : [];
}

function numbersTo(directory: Directory, kind: string, id: string): string[] {
  return [...directory.numbers.values()]
    .filter(({ destination }) => destination?.kind === kind && destination.id === id)
    .map((number) => `the number ${number.id}`);
}

function forwardsTo(directory: Directory, kind: 'department' | 'ring_group', id: string): string[] {
  const leads = (to: Forward): boolean => to.kind === kind && to.id === id;
  return [
    ...[...directory['ring-groups'].values()]
      .filter((group) => leads(group.textsTo))
      .map((group) => `the ring group ${group.name}`),
    ...[...directory['welcome-menus'].values()]
      .filter((menu) => menu.options.some((option) => leads(option.to)))
      .map((menu) => `the welcome menu ${menu.name}`),
  ];
}
