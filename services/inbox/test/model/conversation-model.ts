/**
 * What may become of a conversation, written from the design's table of states and its conflicts, and not from the
 * code: small enough to be read in one go, and with nothing of the service in it.
 */
export type Who = 'ada' | 'ben' | 'cleo' | 'olga';
export const ADMIN: Who = 'ada';
const OBSERVER: Who = 'olga';

/** By which rule the inbox gives away what waits, and with how many open ones somebody is given no more. */
export interface Giving {
  readonly rule: 'round_robin' | 'least_busy';
  readonly limit: number;
}

/** Who works in the inbox, who is not disabled or away, and what becomes of what nobody owns. */
export interface Group {
  readonly members: ReadonlySet<Who>;
  readonly active: ReadonlySet<Who>;
  readonly away: ReadonlySet<Who>;
  readonly reopenTo: 'unassigned' | 'last_owner';
  readonly giving: Giving | null;
}

export interface Conversation {
  readonly status: 'none' | 'open' | 'done';
  readonly owner: Who | null;
  readonly lastOwner: Who | null;
  /** The person who changed its owner or status last; null where the customer or the system did. */
  readonly changedBy: Who | null;
  readonly epoch: number;
  readonly seq: number;
  readonly inboundSeq: number;
  readonly optedOut: boolean;
  /** Until the customer writes, or somebody ends it. */
  readonly snoozed: boolean;
  /** Whether it has the one tag that the company has. */
  readonly tagged: boolean;
  readonly texts: ReadonlySet<string>;
}
export const NEVER: Conversation = {
  status: 'none',
  owner: null,
  lastOwner: null,
  changedBy: null,
  epoch: 0,
  seq: 0,
  inboundSeq: 0,
  optedOut: false,
  snoozed: false,
  tagged: false,
  texts: new Set(),
};

/** `epoch`: of what the person saw; `seen`: the last seq on their screen; `text`: the message's id. */
export type PersonCall =
  | { readonly kind: 'claim' | 'return' | 'wake'; readonly by: Who; readonly epoch: number }
  | { readonly kind: 'assign' | 'transfer'; readonly by: Who; readonly to: Who; readonly epoch: number }
  | { readonly kind: 'done' | 'snooze'; readonly by: Who; readonly epoch: number; readonly seen: number }
  | { readonly kind: 'reopen'; readonly by: Who; readonly to: Who | undefined; readonly epoch: number }
  | { readonly kind: 'reply'; readonly by: Who; readonly claim: boolean; readonly epoch: number }
  | { readonly kind: 'note' | 'tag' | 'untag' | 'start' | 'look'; readonly by: Who };
export type Call =
  | PersonCall
  | { readonly kind: 'inbound'; readonly text: string; readonly word: 'hello' | 'STOP' | 'START' }
  | { readonly kind: 'release'; readonly who: Who }
  | { readonly kind: 'give'; readonly to: Who; readonly rule: Giving['rule'] }
  | { readonly kind: 'consent'; readonly optedOut: boolean };

/** `refused`: for any of these reasons, as more than one can be true at once. */
export type Step =
  | { readonly kind: 'entry'; readonly next: Conversation }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export function step(now: Conversation, call: Call, group: Group): Step {
  const reasons = 'by' in call ? whyNot(now, call, group) : [];
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const next = after(now, call, group);
  if (next === now) return { kind: 'nothing' };
  const changedBy = next.epoch === now.epoch ? now.changedBy : 'by' in call ? call.by : null;
  return { kind: 'entry', next: { ...next, changedBy, seq: now.seq + 1 } };
}

const sees = (who: Who, group: Group) => group.active.has(who) && (who === ADMIN || group.members.has(who));
export const mayOwn = (who: Who, group: Group): boolean =>
  group.active.has(who) && group.members.has(who) && who !== OBSERVER;

export const waits = ({ status, owner, snoozed }: Conversation): boolean =>
  status === 'open' && owner === null && !snoozed;

/** Whom the inbox may give it: nobody who is away, and nobody who has just let it go. */
export const mayBeGiven = (who: Who, now: Conversation, group: Group): boolean =>
  waits(now) &&
  mayOwn(who, group) &&
  !group.away.has(who) &&
  !(now.changedBy === who && now.lastOwner === who);

function whyNot(now: Conversation, call: PersonCall, group: Group): string[] {
  const { by } = call;
  if (!sees(by, group) || (now.status === 'none' && call.kind !== 'start')) return ['NOT_FOUND'];
  const [mine, done, admin] = [now.owner === by, now.status === 'done', by === ADMIN];
  const others = now.owner !== null && !mine;
  const stale = 'epoch' in call && call.epoch !== now.epoch && 'STALE';
  const observes = by === OBSERVER && 'FORBIDDEN';
  const isDone = done && 'DONE';
  const outside = !group.members.has(by) && 'NOT_MEMBER';
  const all = (...reasons: readonly (string | false)[]) => reasons.filter((reason) => reason !== false);
  switch (call.kind) {
    case 'look':
      return [];
    case 'claim':
      if (mine) return [];
      return all(isDone, others && (admin ? stale : 'ASSIGNED_TO_OTHER'), observes, outside);
    case 'assign':
      if (admin && now.owner === call.to) return [];
      return all(!admin && 'FORBIDDEN', isDone, stale, !mayOwn(call.to, group) && 'NOT_MEMBER');
    case 'transfer':
      return all(
        stale,
        observes,
        isDone,
        !mine && !done && 'NOT_OWNER',
        call.to === by && 'VALIDATION',
        !mayOwn(call.to, group) && 'NOT_MEMBER',
      );
    case 'return':
      return all(stale, observes, isDone, !done && !mine && !(admin && others) && 'NOT_OWNER');
    case 'wake':
      if (now.status === 'open' && !now.snoozed) return [];
      return all(stale, observes, isDone, !done && !mine && !admin && 'NOT_OWNER');
    case 'done':
    case 'snooze':
      return all(
        stale,
        observes,
        isDone,
        !done && !mine && !admin && 'NOT_OWNER',
        call.seen < now.inboundSeq && 'NEW_ACTIVITY',
      );
    case 'reopen': {
      const { to = by } = call;
      if (to !== by && !admin) return ['FORBIDDEN'];
      const { epoch } = call;
      if (!done && to === by) return whyNot(now, { kind: 'claim', by, epoch }, group);
      if (!done) return whyNot(now, { kind: 'assign', by, to, epoch }, group);
      return all(observes, !mayOwn(to, group) && 'NOT_MEMBER');
    }
    case 'reply':
      if (!call.claim || mine)
        return all(isDone, !mine && !done && 'NOT_OWNER', stale, now.optedOut && 'OPTED_OUT');
      return all(isDone, others && 'ASSIGNED_TO_OTHER', observes, outside, now.optedOut && 'OPTED_OUT');
    case 'note':
    case 'tag':
    case 'untag':
      return all(observes);
    case 'start':
      return all(observes, outside, now.optedOut && 'OPTED_OUT', now.status === 'open' && 'ALREADY_OPEN');
    default:
      return call satisfies never;
  }
}

const ownedBy = (now: Conversation, owner: Who): Conversation => ({
  ...now,
  status: 'open',
  snoozed: false,
  owner,
  lastOwner: owner,
  epoch: now.epoch + 1,
});

/** The same object where nothing is left to do. */
function after(now: Conversation, call: Call, group: Group): Conversation {
  const { owner, status, lastOwner } = now;
  switch (call.kind) {
    case 'look':
      return now;
    case 'inbound': {
      if (now.texts.has(call.text)) return now;
      const optedOut = call.word === 'hello' ? now.optedOut : call.word === 'STOP';
      const texts = new Set([...now.texts, call.text]);
      const wakes = now.snoozed && call.word !== 'STOP';
      const heard = {
        ...now,
        optedOut,
        snoozed: now.snoozed && !wakes,
        epoch: now.epoch + (wakes ? 1 : 0),
        texts,
        inboundSeq: now.seq + 1,
      };
      if (status === 'open' || (status === 'done' && call.word === 'STOP')) return heard;
      const back = status === 'done' && group.reopenTo === 'last_owner' && lastOwner;
      return back && mayOwn(back, group) && !group.away.has(back)
        ? ownedBy(heard, back)
        : { ...heard, status: 'open', epoch: now.epoch + 1 };
    }
    case 'claim':
      return owner === call.by ? now : ownedBy(now, call.by);
    case 'assign':
      return owner === call.to ? now : ownedBy(now, call.to);
    case 'transfer':
      return ownedBy(now, call.to);
    case 'reopen': {
      const { to = call.by } = call;
      return status === 'open' && owner === to ? now : ownedBy(now, to);
    }
    case 'snooze':
      return { ...now, snoozed: true, epoch: now.epoch + 1 };
    case 'wake':
      return now.snoozed ? { ...now, snoozed: false, epoch: now.epoch + 1 } : now;
    case 'return':
      return { ...now, owner: null, snoozed: false, epoch: now.epoch + 1 };
    case 'release':
      return owner === call.who ? { ...now, owner: null, snoozed: false, epoch: now.epoch + 1 } : now;
    case 'give':
      return group.giving?.rule === call.rule && mayBeGiven(call.to, now, group)
        ? ownedBy(now, call.to)
        : now;
    case 'done':
      return {
        ...now,
        status: 'done',
        owner: null,
        lastOwner: owner ?? lastOwner,
        snoozed: false,
        epoch: now.epoch + 1,
      };
    case 'reply':
      return call.claim && owner !== call.by ? ownedBy(now, call.by) : { ...now };
    case 'note':
      return { ...now };
    case 'tag':
    case 'untag': {
      const tagged = call.kind === 'tag';
      return now.tagged === tagged ? now : { ...now, tagged };
    }
    case 'start':
      return ownedBy(status === 'none' ? { ...now, epoch: 1 } : now, call.by);
    case 'consent':
      return now.optedOut === call.optedOut ? now : { ...now, optedOut: call.optedOut };
    default:
      return call satisfies never;
  }
}
