import {
  AttemptStore,
  ProviderIdTaken,
  type AttemptRef,
  type CarrierRef,
  type ConversationRef,
  type LoginRef,
} from '../../src/application/attempt-store.js';
import type { Attempt } from '../../src/domain/attempt.js';

/** The store's behaviour without a database: what the store's contract says, for tests of the use cases. */
export class MemoryAttemptStore extends AttemptStore {
  readonly kept = new Map<string, Attempt>();

  override add(attempts: readonly Attempt[]): Promise<ReadonlySet<string>> {
    const known = attempts.filter(({ id }) => this.kept.has(id)).map(({ id }) => id);
    for (const attempt of attempts) if (!this.kept.has(attempt.id)) this.kept.set(attempt.id, attempt);
    return Promise.resolve(new Set(known));
  }

  override async change(
    ref: AttemptRef,
    decide: (attempt: Attempt) => Attempt | null,
  ): Promise<Attempt | null> {
    await Promise.resolve();
    const found = this.kept.get(ref.id);
    const next = found?.tenantId === ref.tenantId ? decide(found) : null;
    if (!found || !next) return null;
    const changed = { ...next, version: found.version + 1 };
    const { tenantId, carrier, accountId, providerMessageId } = changed;
    const holder =
      providerMessageId === null
        ? null
        : await this.ofCarrier({ tenantId, carrier, accountId, providerMessageId, reference: null });
    if (holder && holder.id !== ref.id) throw new ProviderIdTaken(`${providerMessageId} is taken`);
    this.kept.set(ref.id, changed);
    return changed;
  }

  override erase(tenantId: string, messageIds: readonly string[]): Promise<{ erased: number; open: number }> {
    const these = this.all((one) => one.tenantId === tenantId && messageIds.includes(one.messageId));
    const over = these.filter(({ state }) => state !== 'queued' && state !== 'sending');
    for (const one of over) this.kept.set(one.id, { ...one, text: '', media: [], description: null });
    return Promise.resolve({ erased: over.length, open: these.length - over.length });
  }

  override ofMessage(tenantId: string, messageId: string): Promise<Attempt[]> {
    return Promise.resolve(this.all((one) => one.tenantId === tenantId && one.messageId === messageId));
  }

  override ofCarrier(ref: CarrierRef): Promise<Attempt | null> {
    const { tenantId, carrier, accountId, providerMessageId, reference } = ref;
    const ours = this.all(
      (one) => one.tenantId === tenantId && one.carrier === carrier && one.accountId === accountId,
    );
    const found =
      ours.find((one) => one.providerMessageId === providerMessageId) ??
      ours.find((one) => one.id === reference);
    return Promise.resolve(found ?? null);
  }

  override known(
    { tenantId, carrier, accountIds }: LoginRef,
    providerIds: readonly string[],
    references: readonly string[],
  ): Promise<Attempt[]> {
    const ours = this.all(
      (one) => one.tenantId === tenantId && one.carrier === carrier && accountIds.includes(one.accountId),
    );
    const found = ours.filter(({ id, providerMessageId }) =>
      providerMessageId === null ? references.includes(id) : providerIds.includes(providerMessageId),
    );
    return Promise.resolve(found);
  }

  override outcomeOpen({ tenantId, carrier, accountIds }: LoginRef): Promise<Attempt[]> {
    const open = this.all(
      (one) =>
        one.tenantId === tenantId &&
        one.carrier === carrier &&
        accountIds.includes(one.accountId) &&
        one.status === 'unknown' &&
        one.providerMessageId === null,
    );
    return Promise.resolve(open);
  }

  override head({ tenantId, conversationId }: ConversationRef): Promise<Attempt[]> {
    const open = this.all(
      (one) => one.tenantId === tenantId && one.conversationId === conversationId && one.state !== 'settled',
    ).sort((a, b) => a.seq - b.seq || a.index - b.index);
    return Promise.resolve(open.filter(({ messageId }) => messageId === open[0]?.messageId));
  }

  override due(now: Date): Promise<ConversationRef[]> {
    const open = this.all(({ state }) => state !== 'settled').sort(
      (a, b) => a.seq - b.seq || a.index - b.index,
    );
    const heads = open.filter(
      (one, at) => open.findIndex(({ conversationId }) => conversationId === one.conversationId) === at,
    );
    return Promise.resolve(heads.filter((one) => one.state === 'queued' && one.nextAttemptAt <= now));
  }

  override overdue(now: Date): Promise<AttemptRef[]> {
    return Promise.resolve(this.all(({ claim }) => claim !== null && claim.until <= now));
  }

  override unlanded(now: Date): Promise<AttemptRef[]> {
    return Promise.resolve(this.all((one) => one.unlanded && one.announceAt <= now));
  }

  private all(matches: (attempt: Attempt) => boolean): Attempt[] {
    return [...this.kept.values()].filter(matches);
  }
}
