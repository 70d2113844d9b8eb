import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { essence, essenceOf } from './agreement.js';
import {
  mayOwn,
  NEVER,
  step,
  type Call,
  type Conversation,
  type Group,
  type Who,
} from './conversation-model.js';
import { waysToGive, type Table } from './giving-model.js';
import type { Record } from './history.js';
import { EVERYBODY } from './team.js';

/** Whose a conversation is, and by which entry. */
export interface Held {
  readonly owner: Who | null;
  readonly seq: number;
}
const heldOf = ({ owner, seq }: Conversation): Held => ({ owner, seq });

interface Lesson {
  readonly next: Conversation;
  /** Any of which the call may be refused for; none where it is accepted. */
  readonly reasons: readonly string[];
  /** What an accepted call is told. */
  readonly seq: number;
}

/** What the model believes: both conversations, the group, and the entries that commands have led to. */
export class Belief {
  group: Group = EVERYBODY;
  private conversations = new Map<string, Conversation>();
  /** Who may have been given one last: where two waited, the model cannot always tell. */
  private lastGiven: ReadonlySet<Who | null> = new Set([null]);
  private readonly entries = new Map<string, number>();

  /** Does in the model what was done to the service: what is to be expected, the state after it, and the seq of an earlier answer. */
  learn({ call, conversationId, key }: Record): Lesson {
    const now = this.of(conversationId);
    const entry = this.entries.get(`${conversationId} ${key}`);
    const expected = step(now, call, this.group);
    const next = expected.kind === 'entry' && entry === undefined ? expected.next : now;
    if (next !== now) {
      this.conversations.set(conversationId, next);
      this.entries.set(`${conversationId} ${key}`, next.seq);
    }
    const refusals = expected.kind === 'refused' ? expected.reasons : [];
    // The same key again has the first answer, unless the person may not see the conversation any more.
    const reasons = entry === undefined || refusals.includes('NOT_FOUND') ? refusals : [];
    return { next, reasons, seq: entry ?? next.seq };
  }

  /** The inbox looked at what waits, and this is who owns what now: one of the ways that its rule allows. */
  expectGiven(shown: ReadonlyMap<string, Held>): void {
    const { group, conversations } = this;
    const ways = [...this.lastGiven].flatMap((last) => waysToGive({ conversations, last }, { group }));
    const heldIn = (way: Table) => new Map([...way.conversations].map(([id, now]) => [id, heldOf(now)]));
    const [way, ...others] = ways.filter((one) => isDeepStrictEqual(heldIn(one), shown));
    if (!way) {
      const allowed = ways.map((one) => JSON.stringify([...heldIn(one)])).join(' or ');
      throw new Error(`Given as ${JSON.stringify([...shown])}, and the rule allows ${allowed}`);
    }
    this.conversations = new Map(way.conversations);
    this.lastGiven = new Set([way, ...others].map(({ last }) => last));
  }

  of(conversationId: string): Conversation {
    return this.conversations.get(conversationId) ?? NEVER;
  }

  /** Row 12, for everything that somebody owns who may not any more. */
  release(): void {
    for (const [id, now] of this.conversations) {
      if (now.owner === null || mayOwn(now.owner, this.group)) continue;
      const call: Call = { kind: 'release', who: now.owner };
      const released = step(now, call, this.group);
      if (released.kind === 'entry') this.conversations.set(id, released.next);
    }
  }
}

/** Does in the model what was done to the service, and holds the answer against it. */
export function expectAsBelieved(belief: Belief, record: Record): void {
  const { call, told } = record;
  const { next, reasons, seq } = belief.learn(record);
  if (!told) return;
  if (told.conversation)
    expect({ call, ...essence(told.conversation) }).toEqual({ call, ...essenceOf(next) });
  const answer = told.ok ? { seq: told.seq } : { refused: reasons.includes(told.code) || told.code };
  expect({ call, reasons, answer }).toEqual({
    call,
    reasons,
    answer: reasons.length > 0 ? { refused: true } : { seq },
  });
}
