import type { Route, RouteStep } from '@partyline/contracts';
import {
  currentOption,
  findOption,
  later,
  mayGreet,
  mayReplyClosed,
  NO_DIALOGUE,
  normalizeChoice,
  optionFor,
  remember,
  type Decided,
  type Dialogue,
} from './dialogue.js';
import type { Directory, WelcomeMenu } from './directory.js';
import { enterDepartment, enterRingGroup, followForward, type Landing } from './follow.js';
import { UNROUTED_INBOX, welcomeMenuInbox } from './inbox-ids.js';

/** What of a text decides where it goes. */
export interface TextToRoute {
  readonly messageId: string;
  readonly to: string;
  readonly text: string;
}

export interface RouteDecision {
  readonly route: Route;
  /** What is to be remembered from now on; null: nothing changed. */
  readonly dialogue: Dialogue | null;
}

/** The word with which a customer asks a welcome menu to start over. */
const START_OVER = 'menu';

/**
 * Where a text goes that arrived at `at` (ISO 8601), and why. Total: whatever the directory says, there is an inbox,
 * and the trace names each step.
 */
export function route(
  directory: Directory,
  dialogue: Dialogue | null,
  message: TextToRoute,
  at: string,
): RouteDecision {
  const trace: RouteStep[] = [];
  const number = directory.numbers.get(message.to);
  if (!number) {
    const reason = `${message.to} is not one of this company's numbers.`;
    return { route: unrouted(trace, reason), dialogue: null };
  }
  const label = number.name ? `${number.id} (${number.name})` : number.id;
  if (!number.destination) {
    trace.push({ step: 'number', id: number.id, text: `The text came to ${label}.` });
    return { route: unrouted(trace, `${label} is not routed to anything yet.`), dialogue: null };
  }
  const { kind, id } = number.destination;
  trace.push({
    step: 'number',
    id: number.id,
    text: `The text came to ${label}, which is routed to a ${kind.replace('_', ' ')}.`,
  });
  const before = dialogue ?? NO_DIALOGUE;
  if (kind === 'welcome_menu') {
    const menu = directory['welcome-menus'].get(id);
    if (menu) return throughMenu(directory, before, menu, message, at, trace);
    const reason = `The welcome menu "${id}" does not exist any more.`;
    return { route: unrouted(trace, reason), dialogue: null };
  }
  const landing =
    kind === 'department'
      ? enterDepartment(directory, id, at, trace)
      : enterRingGroup(directory, id, at, trace);
  const known = before.recent.find((decided) => decided.messageId === message.messageId);
  const reply = closedReply(landing, before, known, at);
  const landed = landingRoute(directory, landing, trace, reply);
  if (reply === null || known) return { route: landed, dialogue: null };
  const decided: Decided = { messageId: message.messageId, optionKey: null, entered: false, replied: true };
  return { route: landed, dialogue: remember(before, decided, { closedReplyAt: at }) };
}

function throughMenu(
  directory: Directory,
  before: Dialogue,
  menu: WelcomeMenu,
  message: TextToRoute,
  at: string,
  trace: RouteStep[],
): RouteDecision {
  const known = before.recent.find((decided) => decided.messageId === message.messageId);
  const { optionKey, entered } = known ?? choose(before, menu, message.text, at);
  const option = findOption(menu, optionKey);
  const own = welcomeMenuInbox(menu.id);
  if (!option) {
    const greet = known ? known.replied : mayGreet(before, at);
    const answer = greet
      ? 'is answered with its greeting'
      : 'stays unanswered (a greeting went out just now)';
    trace.push({
      step: 'welcome_menu',
      id: menu.id,
      text: `The customer has chosen nothing in the welcome menu ${menu.name}: the text stays there and ${answer}.`,
    });
    const landing: Landing = {
      ok: true,
      inboxId: own,
      inboxKind: 'shared',
      memberId: null,
      closedReply: null,
    };
    const stays = landingRoute(directory, landing, trace, greet ? menu.greeting : null);
    if (known) return { route: stays, dialogue: null };
    return {
      route: stays,
      dialogue: remember(
        before,
        { messageId: message.messageId, optionKey: null, entered: false, replied: greet },
        {
          menuId: menu.id,
          optionKey: null,
          lastTextAt: later(before.lastTextAt, at),
          greetedAt: greet ? at : before.greetedAt,
        },
      ),
    };
  }
  trace.push({
    step: 'welcome_menu',
    id: menu.id,
    text: entered
      ? `In the welcome menu ${menu.name} the customer chose ${option.key}, ${option.label}.`
      : `The customer is in ${option.label} since an earlier choice in the welcome menu ${menu.name}.`,
  });
  const source = { kind: 'welcome_menu', id: menu.id, name: menu.name } as const;
  const landing = followForward(directory, source, option.to, at, trace);
  const reply = closedReply(landing, before, known, at);
  const landed = landingRoute(directory, landing, trace, reply);
  // A choice that leads nowhere leaves the dialogue where it is: somebody should see it, and the customer is asked again.
  const leaves = entered && landing.ok && landing.inboxId !== own ? own : null;
  const routed: Route = { ...landed, leavesInboxId: leaves };
  if (known) return { route: routed, dialogue: null };
  return {
    route: routed,
    dialogue: remember(
      before,
      { messageId: message.messageId, optionKey: option.key, entered, replied: reply !== null },
      {
        menuId: menu.id,
        optionKey: landing.ok ? option.key : null,
        lastTextAt: later(before.lastTextAt, at),
        closedReplyAt: reply === null ? before.closedReplyAt : at,
      },
    ),
  };
}

function choose(
  before: Dialogue,
  menu: WelcomeMenu,
  text: string,
  at: string,
): Pick<Decided, 'optionKey' | 'entered'> {
  if (normalizeChoice(text) === START_OVER) return { optionKey: null, entered: false };
  const current = currentOption(before, menu, at);
  if (current) return { optionKey: current.key, entered: false };
  const chosen = optionFor(menu, text);
  return { optionKey: chosen?.key ?? null, entered: chosen !== null };
}

function closedReply(
  landing: Landing,
  before: Dialogue,
  known: Decided | undefined,
  at: string,
): string | null {
  if (!landing.ok || landing.closedReply === null) return null;
  return (known ? known.replied : mayReplyClosed(before, at)) ? landing.closedReply : null;
}

function landingRoute(
  directory: Directory,
  landing: Landing,
  trace: RouteStep[],
  autoReply: string | null,
): Route {
  if (!landing.ok) return unrouted(trace, landing.reason);
  const { inboxId, inboxKind, memberId } = landing;
  const name = directory.inboxes.get(inboxId)?.name ?? inboxId;
  trace.push({ step: 'inbox', id: inboxId, text: `It lands in the inbox ${name}.` });
  return { inboxId, inboxKind, memberId, autoReply, leavesInboxId: null, trace };
}

function unrouted(trace: RouteStep[], reason: string): Route {
  trace.push(
    { step: 'unrouted', id: null, text: reason },
    { step: 'inbox', id: UNROUTED_INBOX, text: 'It lands in the inbox Unrouted, where the Admins see it.' },
  );
  return {
    inboxId: UNROUTED_INBOX,
    inboxKind: 'shared',
    memberId: null,
    autoReply: null,
    leavesInboxId: null,
    trace,
  };
}
