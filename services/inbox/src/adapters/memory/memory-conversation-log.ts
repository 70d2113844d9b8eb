import { newId } from '@partyline/kernel';
import { NONE, type ExistingConversation } from '../../domain/conversation.js';
import {
  seqOf,
  type AppendRequest,
  type ConversationRef,
  type LoggedEntry,
  type Projected,
  type Standing,
} from '../../application/log/conversation-log.js';
import {
  OptimisticConversationLog,
  type InsertOutcome,
} from '../../application/log/optimistic-conversation-log.js';
import { savesState } from '../../application/log/saved-states.js';

/** A log that lasts as long as the process, for tests: the same rules as in the database, in microseconds. */
export class MemoryConversationLog extends OptimisticConversationLog {
  readonly entries: LoggedEntry[] = [];
  private readonly saved = new Map<string, ExistingConversation>();
  private readonly shown = new Map<string, Standing<ExistingConversation>>();

  protected override load(
    refs: readonly ConversationRef[],
  ): Promise<Map<string, Standing<ExistingConversation>>> {
    const found = refs.flatMap(({ tenantId, conversationId }) => {
      const standing = this.shown.get(keyOf(tenantId, conversationId));
      return standing ? [[conversationId, standing] as const] : [];
    });
    return Promise.resolve(new Map(found));
  }

  protected override insert(chains: readonly (readonly Projected[])[]): Promise<InsertOutcome[][]> {
    return Promise.resolve(chains.map((chain) => this.insertChain(chain)));
  }

  protected override findRepeated(request: AppendRequest): Promise<LoggedEntry | undefined> {
    return Promise.resolve(this.entries.find((entry) => isRepeat(entry, { ...request, ...request.ref })));
  }

  protected override project(items: readonly Projected[]): Promise<void> {
    for (const { entry, state, readBy } of items) {
      const key = keyOf(entry.tenantId, entry.conversationId);
      const before = this.shown.get(key);
      const cursors = { ...before?.cursors };
      if (readBy !== null) cursors[readBy] = Math.max(entry.seq, cursors[readBy] ?? 0);
      const newer = seqOf(before?.state ?? NONE) < state.seq ? state : before?.state;
      this.shown.set(key, { state: newer ?? state, cursors });
    }
    return Promise.resolve();
  }

  protected override savedState(
    { tenantId, conversationId }: ConversationRef,
    seq: number,
  ): Promise<ExistingConversation | undefined> {
    return Promise.resolve(this.saved.get(JSON.stringify([tenantId, conversationId, seq])));
  }

  protected override newEntryId(): string {
    return newId('en');
  }

  override entriesAfter(
    { tenantId, conversationId }: ConversationRef,
    seq: number,
    upTo = Infinity,
  ): Promise<LoggedEntry[]> {
    return Promise.resolve(
      this.entries
        .filter((entry) => entry.tenantId === tenantId && entry.conversationId === conversationId)
        .filter((entry) => entry.seq > seq && entry.seq <= upTo)
        .sort((a, b) => a.seq - b.seq),
    );
  }

  /** Lists lose sight of it; the log does not. */
  forgetProjection({ tenantId, conversationId }: ConversationRef): Promise<void> {
    this.shown.delete(keyOf(tenantId, conversationId));
    return Promise.resolve();
  }

  /** As if nobody could read entries that far back. */
  hideEntriesUpTo({ tenantId, conversationId }: ConversationRef, seq: number): Promise<void> {
    const left = this.entries.filter(
      (entry) => entry.tenantId !== tenantId || entry.conversationId !== conversationId || entry.seq > seq,
    );
    this.entries.splice(0, this.entries.length, ...left);
    return Promise.resolve();
  }

  /** As in a database of a version that saved none. */
  forgetSavedStates(): Promise<void> {
    this.saved.clear();
    return Promise.resolve();
  }

  private insertChain(chain: readonly Projected[]): InsertOutcome[] {
    const outcomes: InsertOutcome[] = [];
    for (const item of chain) {
      const outcome = this.insertOne(item);
      outcomes.push(outcome);
      if (outcome !== 'committed') break;
    }
    return outcomes;
  }

  private insertOne({ entry, state }: Projected): InsertOutcome {
    if (this.entries.some((other) => isRepeat(other, entry))) return 'repeated';
    const isTaken = this.entries.some(
      ({ tenantId, conversationId, seq }) =>
        tenantId === entry.tenantId && conversationId === entry.conversationId && seq === entry.seq,
    );
    if (isTaken) return 'taken';
    this.entries.push(entry);
    if (savesState(entry.seq)) {
      this.saved.set(JSON.stringify([entry.tenantId, entry.conversationId, entry.seq]), state);
    }
    return 'committed';
  }
}

const keyOf = (tenantId: string, conversationId: string): string =>
  JSON.stringify([tenantId, conversationId]);

function isRepeat(
  entry: LoggedEntry,
  like: Pick<LoggedEntry, 'tenantId' | 'conversationId' | 'commandId' | 'messageId'>,
): boolean {
  if (entry.tenantId !== like.tenantId) return false;
  const sameMessage = like.messageId !== undefined && entry.messageId === like.messageId;
  const sameCommand = like.commandId !== undefined && entry.commandId === like.commandId;
  return sameMessage || (sameCommand && entry.conversationId === like.conversationId);
}
