import { failpoint } from '@partyline/kernel';
import { fold, readBy } from '../../domain/apply.js';
import { NONE, type ConversationState, type ExistingConversation } from '../../domain/conversation.js';
import { Outbox } from '../outbox.js';
import { byConversation, type Attempt } from './attempt.js';
import { after, chainOf, type Candidate } from './chain.js';
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
  /**
   * Makes entries durable: chains of different conversations, each with outcomes of its own. An entry is tried only
   * once the one before it in its chain is committed, so the outcomes of a chain end with the first that is not. Only
   * ever returns what is certain.
   */
  protected abstract insert(chains: readonly (readonly Projected[])[]): Promise<InsertOutcome[][]>;
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
        for (const [attempt, outcome] of await this.round(queues.values(), standings, written)) {
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

  /** One round. Those requests that lost, and those behind them, stay unsettled, with a fresh standing. */
  private async round(
    queues: Iterable<readonly Attempt[]>,
    standings: Map<string, Standing>,
    written: Projected[],
  ): Promise<Map<Attempt, AppendOutcome>> {
    const settled = new Map<Attempt, AppendOutcome>();
    const chains: Candidate[][] = [];
    for (const queue of queues) {
      const [head] = queue;
      if (!head) continue;
      const { conversationId } = head.request.ref;
      const standing = standings.get(conversationId) ?? ABSENT;
      const chain = chainOf(queue, standing, () => this.newEntryId());
      if (chain.length > 0) {
        chains.push(chain);
        continue;
      }
      const newest = await this.catchUp(head, standing);
      if (newest !== standing) standings.set(conversationId, newest);
      else settled.set(head, await this.withoutEntry(head.request, standing));
    }
    if (chains.length === 0) return settled;
    const inserted = await this.insert(chains.map((chain) => chain.map(({ item }) => item)));
    for (const [i, chain] of chains.entries()) {
      for (const [n, outcome] of (inserted[i] ?? []).entries()) {
        const candidate = chain[n];
        if (candidate) await this.settle(candidate, outcome, { settled, standings, written });
      }
    }
    return settled;
  }

  private async settle(
    { attempt, item, before }: Candidate,
    outcome: InsertOutcome,
    round: {
      readonly settled: Map<Attempt, AppendOutcome>;
      readonly standings: Map<string, Standing>;
      readonly written: Projected[];
    },
  ): Promise<void> {
    const { request } = attempt;
    if (outcome === 'committed') {
      const now = after(before, item);
      round.standings.set(request.ref.conversationId, now);
      round.written.push(item);
      round.settled.set(attempt, { kind: 'appended', entry: item.entry, ...now });
      return;
    }
    const repeated = outcome === 'repeated' ? await this.repeated(request, before) : null;
    if (repeated) round.settled.set(attempt, repeated);
    else round.standings.set(request.ref.conversationId, await this.catchUp(attempt, before));
  }

  /** Nothing to do, or refused; but a repeat gets the answer that it got the first time. */
  private async withoutEntry(request: AppendRequest, standing: Standing): Promise<AppendOutcome> {
    const repeated = await this.repeated(request, standing);
    if (repeated) return repeated;
    const decision = request.decide(standing.state);
    return decision.ok
      ? { kind: 'unchanged', ...standing }
      : { kind: 'refused', error: decision.error, ...standing };
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

function distinct(refs: readonly ConversationRef[]): ConversationRef[] {
  return [...new Map(refs.map((ref) => [ref.conversationId, ref])).values()];
}
