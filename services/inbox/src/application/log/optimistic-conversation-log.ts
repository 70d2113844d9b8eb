import { failpoint } from '@partyline/kernel';
import { fold, readBy } from '../../domain/apply.js';
import { NONE, type ConversationState, type ExistingConversation } from '../../domain/conversation.js';
import type { Decision } from '../../domain/decide/decision.js';
import { Outbox } from '../outbox.js';
import { byConversation, type Attempt } from './attempt.js';
import {
  ConversationLog,
  projectedOf,
  seqOf,
  TooContended,
  type AppendOutcome,
  type AppendRequest,
  type BeforeOpening,
  type ConversationRef,
  type LoggedEntry,
  type Projected,
  type Standing,
} from './conversation-log.js';
import { stretchesTo, type Stretch } from './saved-states.js';

/** `taken`: another entry has this seq. `repeated`: an entry with this commandId or messageId exists. */
export type InsertOutcome = 'committed' | 'taken' | 'repeated';

/** What an attempt wants to write, and the standing that it was decided on. */
interface Candidate {
  readonly attempt: Attempt;
  readonly item: Projected;
  readonly before: Standing;
}

/** In every round of a race somebody wins, so this is how many writers may meet in one conversation at once. */
const MOST_TRIES = 64;

const ABSENT: Standing = { state: NONE, cursors: {} };

/** Decides, inserts, and decides again where another was first. What it stores to is left to its descendants. */
export abstract class OptimisticConversationLog extends ConversationLog {
  constructor(private readonly outbox: Outbox) {
    super();
  }

  /** The projections of these conversations, by conversation id. */
  protected abstract load(
    refs: readonly ConversationRef[],
  ): Promise<Map<string, Standing<ExistingConversation>>>;
  /** Makes entries durable, each with an outcome of its own. Only ever returns what is certain. */
  protected abstract insert(items: readonly Projected[]): Promise<InsertOutcome[]>;
  /** The entry that has this request's commandId (in its conversation) or messageId (in its tenant). */
  protected abstract findRepeated(request: AppendRequest): Promise<LoggedEntry | undefined>;
  /** Shows these states in lists, unless newer ones are shown already. Rejecting is harmless: it is repaired later. */
  protected abstract project(items: readonly Projected[]): Promise<void>;
  /** The conversation as this entry made it, where {@link savesState} had it kept; entries of older versions have none. */
  protected abstract savedState(ref: ConversationRef, seq: number): Promise<ExistingConversation | undefined>;
  protected abstract newEntryId(): string;

  override async append(request: AppendRequest): Promise<AppendOutcome> {
    const [outcome] = await this.appendMany([request]);
    if (!outcome) throw new Error('appendMany has to give an outcome for each request');
    return outcome;
  }

  override async appendMany(
    requests: readonly AppendRequest[],
    beforeOpening?: BeforeOpening,
  ): Promise<AppendOutcome[]> {
    const standings = new Map<string, Standing>(await this.load(distinct(requests.map(({ ref }) => ref))));
    const opening = requests.filter(({ ref }) => !standings.has(ref.conversationId));
    if (opening.length > 0) await beforeOpening?.(opening);
    const outcomes: AppendOutcome[] = [];
    const written: Projected[] = [];
    const queues = byConversation(requests);
    try {
      while (queues.size > 0) {
        const heads = [...queues.values()].flatMap((queue) => queue[0] ?? []);
        for (const [attempt, outcome] of await this.attempt(heads, standings, written)) {
          outcomes[attempt.index] = outcome;
          const { conversationId } = attempt.request.ref;
          const queue = queues.get(conversationId);
          queue?.shift();
          if (queue?.length === 0) queues.delete(conversationId);
        }
      }
    } finally {
      await this.show(written);
    }
    return outcomes;
  }

  override async read(ref: ConversationRef): Promise<Standing<ExistingConversation> | null> {
    return (await this.load([ref])).get(ref.conversationId) ?? null;
  }

  override async entriesAt(ref: ConversationRef, seqs: ReadonlySet<number>): Promise<Projected[]> {
    const items: Projected[] = [];
    for (const stretch of stretchesTo(seqs)) items.push(...(await this.walk(ref, stretch)));
    return items.filter(({ entry }) => seqs.has(entry.seq));
  }

  override async repair(ref: ConversationRef): Promise<void> {
    const standing = (await this.read(ref)) ?? ABSENT;
    const entries = await this.entriesAfter(ref, seqOf(standing.state));
    const last = entries.at(-1);
    if (!last) return;
    const state = fold(entries, standing.state);
    if (state.status !== 'none') await this.project([{ entry: last, state, readBy: readBy(last, state) }]);
  }

  private async walk(ref: ConversationRef, { after, upTo }: Stretch): Promise<Projected[]> {
    let state: ConversationState = (after > 0 ? await this.savedState(ref, after) : undefined) ?? NONE;
    const items: Projected[] = [];
    for (const entry of await this.entriesAfter(ref, seqOf(state), upTo)) {
      const item = projectedOf(entry, state);
      items.push(item);
      state = item.state;
    }
    return items;
  }

  /** One round: at most one request of each conversation. Those that lost stay unsettled, with a fresh standing. */
  private async attempt(
    heads: readonly Attempt[],
    standings: Map<string, Standing>,
    written: Projected[],
  ): Promise<Map<Attempt, AppendOutcome>> {
    const settled = new Map<Attempt, AppendOutcome>();
    const candidates: Candidate[] = [];
    for (const attempt of heads) {
      const standing = standings.get(attempt.request.ref.conversationId) ?? ABSENT;
      const decision = attempt.request.decide(standing.state);
      if (!decision.ok || decision.value.length === 0) {
        const newest = await this.catchUp(attempt, standing);
        if (newest !== standing) standings.set(attempt.request.ref.conversationId, newest);
        else settled.set(attempt, await this.withoutEntry(attempt.request, standing, decision));
      } else {
        const entry = this.entryOf(attempt.request, standing.state, decision.value);
        candidates.push({ attempt, item: projectedOf(entry, standing.state), before: standing });
      }
    }
    if (candidates.length === 0) return settled;
    const inserted = await this.insert(candidates.map(({ item }) => item));
    for (const [i, candidate] of candidates.entries()) {
      const { request } = candidate.attempt;
      const { conversationId } = request.ref;
      if (inserted[i] === 'committed') {
        const { item, before } = candidate;
        const now = { state: item.state, cursors: withCursor(before.cursors, item) };
        standings.set(conversationId, now);
        written.push(item);
        settled.set(candidate.attempt, { kind: 'appended', entry: item.entry, ...now });
        continue;
      }
      const repeated = inserted[i] === 'repeated' ? await this.repeated(request, candidate.before) : null;
      if (repeated) settled.set(candidate.attempt, repeated);
      else standings.set(conversationId, await this.catchUp(candidate.attempt, candidate.before));
    }
    return settled;
  }

  /** Nothing to do, or refused; but a repeat gets the answer that it got the first time. */
  private async withoutEntry(
    request: AppendRequest,
    standing: Standing,
    decision: Decision,
  ): Promise<AppendOutcome> {
    const repeated = await this.repeated(request, standing);
    if (repeated) return repeated;
    return decision.ok
      ? { kind: 'unchanged', ...standing }
      : { kind: 'refused', error: decision.error, ...standing };
  }

  private entryOf(
    request: AppendRequest,
    state: ConversationState,
    events: LoggedEntry['events'],
  ): LoggedEntry {
    const { ref, actor, at, origin, commandId, messageId, history } = request;
    const inbox = state.status === 'none' ? request.inbox : { id: state.inboxId, kind: state.inboxKind };
    if (!inbox) throw new Error(`Nobody said in which inbox ${ref.conversationId} is to be opened`);
    return {
      id: this.newEntryId(),
      ...ref,
      inbox,
      seq: seqOf(state) + 1,
      at,
      actor,
      origin,
      events,
      ...(commandId === undefined ? {} : { commandId }),
      ...(messageId === undefined ? {} : { messageId }),
      ...(history ? { history } : {}),
    };
  }

  /** Asked only where a request leads to nothing or its insert met a unique key: never on the way of the first one. */
  private async repeated(request: AppendRequest, standing: Standing): Promise<AppendOutcome | null> {
    if (request.commandId === undefined && request.messageId === undefined) return null;
    const entry = await this.findRepeated(request);
    if (!entry) return null;
    const elsewhere =
      entry.conversationId !== request.ref.conversationId || entry.seq > seqOf(standing.state);
    return { kind: 'repeated', entry, ...(elsewhere ? await this.fresh(entry) : standing) };
  }

  private async fresh(ref: ConversationRef): Promise<Standing> {
    const standing = (await this.read(ref)) ?? ABSENT;
    return { ...standing, state: fold(await this.entriesAfter(ref, seqOf(standing.state)), standing.state) };
  }

  /**
   * The standing with everything that the log holds by now; the same one where nothing was missed. Asked before a
   * request is refused, too: nobody is sent away by what lists happen to show.
   */
  private async catchUp(attempt: Attempt, standing: Standing): Promise<Standing> {
    const { ref } = attempt.request;
    attempt.tries += 1;
    if (attempt.tries > MOST_TRIES) {
      throw new TooContended(`${ref.conversationId} is written to by too many at once; try again`);
    }
    const missed = await this.entriesAfter(ref, seqOf(standing.state));
    return missed.length === 0 ? standing : { ...standing, state: fold(missed, standing.state) };
  }

  /** What is committed stays so, whatever happens here: the relay shows and tells what was left behind. */
  private async show(written: readonly Projected[]): Promise<void> {
    if (written.length === 0) return;
    failpoint('inbox.entries-appended');
    try {
      await this.project(written);
      failpoint('inbox.entries-projected');
    } catch (error) {
      this.outbox.leaveToRelay(error);
      return;
    }
    this.outbox.announce(written);
  }
}

function withCursor(cursors: Standing['cursors'], { entry, readBy: reader }: Projected): Standing['cursors'] {
  return reader === null ? cursors : { ...cursors, [reader]: Math.max(entry.seq, cursors[reader] ?? 0) };
}

function distinct(refs: readonly ConversationRef[]): ConversationRef[] {
  return [...new Map(refs.map((ref) => [ref.conversationId, ref])).values()];
}
