import type { AuditItem, ConsentRecord, Conversation } from '@partyline/contracts';

/** The columns of a table and what stands in them, in order. */
export type Columns<T> = Readonly<Record<string, (row: T) => string | number | null>>;

/** `nameOf`: what a tag is called now. */
export const conversationColumns = (nameOf: (tagId: string) => string): Columns<Conversation> => ({
  id: ({ id }) => id,
  inboxId: ({ inboxId }) => inboxId,
  number: ({ number }) => number,
  contact: ({ contactName }) => contactName,
  contactNumbers: ({ peers }) => peers.join(' '),
  status: ({ status, snoozed }) => (snoozed ? 'snoozed' : status),
  ownerId: ({ owner }) => owner?.id ?? null,
  owner: ({ owner }) => owner?.name ?? null,
  lastOwner: ({ lastOwner }) => lastOwner?.name ?? null,
  waitingSince: ({ waitingSince }) => waitingSince,
  lastActivityAt: ({ lastActivityAt }) => lastActivityAt,
  changedAt: ({ changedAt }) => changedAt,
  changedBy: ({ changedBy }) => changedBy?.name ?? null,
  optedOut: ({ optedOut }) => (optedOut ? 'yes' : 'no'),
  failed: ({ failed }) => (failed ? 'yes' : 'no'),
  entries: ({ seq }) => seq,
  lastFrom: ({ preview }) => preview?.from ?? null,
  lastText: ({ preview }) => preview?.text ?? null,
  tags: ({ tags = [] }) => tags.map(nameOf).join(', '),
});

export const AUDIT_COLUMNS: Columns<AuditItem> = {
  id: ({ id }) => id,
  at: ({ at }) => at,
  actorKind: ({ actor }) => actor.kind,
  actorId: ({ actor }) => actor.id,
  actor: ({ actor }) => actor.name ?? null,
  type: ({ type }) => type,
  inboxId: ({ inboxId }) => inboxId,
  conversationId: ({ conversationId }) => conversationId,
  data: ({ data }) => JSON.stringify(data),
};

/** What `POST /admin/opt-outs` takes, and the web app imports, with what is known besides. */
export const OPT_OUT_COLUMNS: Columns<ConsentRecord> = {
  customer: ({ peer }) => peer,
  number: ({ number }) => number,
  state: ({ state }) => state,
  at: ({ at }) => at,
  word: ({ keyword }) => keyword,
  source: ({ source }) => source,
  by: ({ by }) => by?.name ?? null,
};
