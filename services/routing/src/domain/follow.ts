import type { Forward, Route, RouteStep } from '@partyline/contracts';
import { personName, type Department, type Directory } from './directory.js';
import {
  departmentInbox,
  everyoneInbox,
  memberInbox,
  ringGroupInbox,
  welcomeMenuInbox,
} from './inbox-ids.js';
import { isOpen, isTimeZone } from './schedule.js';

/** Where the way through the directory ended. */
export type Landing =
  | ({ readonly ok: true; readonly closedReply: string | null } & Pick<
      Route,
      'inboxId' | 'inboxKind' | 'memberId'
    >)
  | { readonly ok: false; readonly reason: string };

/** The ring group or welcome menu that passes texts on. */
interface Source {
  readonly kind: 'ring_group' | 'welcome_menu';
  readonly id: string;
  readonly name: string;
}

const shared = (inboxId: string, closedReply: string | null = null): Landing => ({
  ok: true,
  inboxId,
  inboxKind: 'shared',
  memberId: null,
  closedReply,
});
const lost = (reason: string): Landing => ({ ok: false, reason });

/** Follows a forward to its end, adding each step to the trace. `seen` guards against ring groups in a circle. */
export function followForward(
  directory: Directory,
  source: Source,
  to: Forward,
  at: string,
  trace: RouteStep[],
  seen: ReadonlySet<string> = new Set(),
): Landing {
  if (to.kind === 'department') return enterDepartment(directory, to.id, at, trace);
  if (to.kind === 'ring_group') return enterRingGroup(directory, to.id, at, trace, seen);
  if (to.kind === 'member') return enterMember(directory, to.userId, trace);
  if (to.kind === 'self') {
    return shared(source.kind === 'ring_group' ? ringGroupInbox(source.id) : welcomeMenuInbox(source.id));
  }
  trace.push({
    step: 'everyone',
    id: source.id,
    text: `Texts go to everyone in ${source.name}: all members see them and anyone can reply.`,
  });
  return {
    ok: true,
    inboxId: everyoneInbox(source.id),
    inboxKind: 'everyone',
    memberId: null,
    closedReply: null,
  };
}

export function enterDepartment(directory: Directory, id: string, at: string, trace: RouteStep[]): Landing {
  const department = directory.departments.get(id);
  if (!department) return lost(`The department "${id}" does not exist any more.`);
  trace.push({ step: 'department', id, text: `The department ${department.name} takes the text.` });
  return shared(departmentInbox(id), closedReplyOf(directory, department, at, trace));
}

function closedReplyOf(
  directory: Directory,
  department: Department,
  at: string,
  trace: RouteStep[],
): string | null {
  if (department.scheduleId === null) return null;
  const schedule = directory.schedules.get(department.scheduleId);
  const step = (text: string): void => {
    trace.push({ step: 'schedule', id: department.scheduleId, text });
  };
  if (!schedule) {
    step(
      `The schedule "${department.scheduleId}" does not exist any more, so ${department.name} counts as open.`,
    );
    return null;
  }
  if (!isTimeZone(schedule.timeZone)) {
    step(`The time zone "${schedule.timeZone}" is not known here, so ${department.name} counts as open.`);
    return null;
  }
  if (isOpen(schedule, new Date(at))) {
    step(`By the schedule ${schedule.name} (${schedule.timeZone}) it is open at this time.`);
    return null;
  }
  const answer = department.closedReply ? 'answers with its closed reply and' : 'still';
  step(
    `By the schedule ${schedule.name} (${schedule.timeZone}) it is closed at this time: it ${answer} keeps the text.`,
  );
  return department.closedReply || null;
}

export function enterRingGroup(
  directory: Directory,
  id: string,
  at: string,
  trace: RouteStep[],
  seen: ReadonlySet<string> = new Set(),
): Landing {
  const group = directory['ring-groups'].get(id);
  if (!group) return lost(`The ring group "${id}" does not exist any more.`);
  if (seen.has(id)) return lost(`The ring group ${group.name} passes texts on in a circle.`);
  const on = group.textsTo.kind === 'self' ? 'takes the text' : 'passes the text on';
  trace.push({ step: 'ring_group', id, text: `The ring group ${group.name} ${on}.` });
  const source: Source = { kind: 'ring_group', id, name: group.name };
  return followForward(directory, source, group.textsTo, at, trace, new Set([...seen, id]));
}

function enterMember(directory: Directory, userId: string, trace: RouteStep[]): Landing {
  const name = personName(directory, userId);
  // Somebody of whom routing has not heard yet was checked when the forward was set, and users are never deleted.
  if (directory.people.get(userId)?.active === false) {
    return lost(`${name} is no longer active, so nobody would see texts sent to them.`);
  }
  trace.push({ step: 'member', id: userId, text: `Texts go to the Team Member ${name} alone.` });
  return {
    ok: true,
    inboxId: memberInbox(userId),
    inboxKind: 'member',
    memberId: userId,
    closedReply: null,
  };
}
