import { derivedId } from '@partyline/kernel';
import type { Entry, LoggedEvent } from './databases.js';

/** An event of the log, with the conversation as it was after it. */
export interface HistoricEvent extends LoggedEvent {
  /** As it is known on the bus. */
  readonly id: string;
  readonly actor: string;
  readonly owner: string | null;
  readonly status: string;
}

/** A conversation as its log says, read by other code than the product's. */
export interface Conversation {
  readonly id: string;
  readonly inboxId: string;
  readonly peers: readonly string[];
  readonly seq: number;
  readonly epoch: number;
  readonly owner: string | null;
  readonly status: string;
  readonly entries: readonly Entry[];
  readonly events: readonly HistoricEvent[];
  /** What cannot be if a conversation never has two owners and its log no gaps. */
  readonly faults: readonly { readonly kind: string; readonly what: string }[];
}

/** `entries`: ordered by conversation and seq. */
export function historyOf(entries: readonly Entry[]): Conversation[] {
  const logs = new Map<string, Entry[]>();
  for (const entry of entries) {
    const log = logs.get(entry.conversationId);
    if (log) log.push(entry);
    else logs.set(entry.conversationId, [entry]);
  }
  return [...logs].map(([id, log]) => new Reading(id, log).read());
}

class Reading {
  private owner: string | null = null;
  private status = 'none';
  private peers: readonly string[] = [];
  private readonly faults: { kind: string; what: string }[] = [];
  private readonly events: HistoricEvent[] = [];

  constructor(
    private readonly id: string,
    private readonly log: readonly Entry[],
  ) {}

  read(): Conversation {
    let epoch = 0;
    for (const [index, entry] of this.log.entries()) {
      const before = { owner: this.owner, status: this.status };
      if (entry.seq !== index + 1) this.fault('log broken', `entry ${index + 1} has the seq ${entry.seq}`);
      for (const [place, event] of entry.events.entries()) this.take(entry, event, place);
      const changed = before.owner !== this.owner || before.status !== this.status;
      const next = entry.after.epoch;
      if (changed ? next <= epoch : next !== epoch) {
        this.fault('epoch wrong', `entry ${entry.seq} took epoch ${epoch} to ${next}`);
      }
      epoch = next;
    }
    const last = this.log.at(-1);
    return {
      id: this.id,
      inboxId: last?.inboxId ?? '',
      peers: this.peers,
      seq: last?.seq ?? 0,
      epoch,
      owner: this.owner,
      status: this.status,
      entries: this.log,
      events: this.events,
      faults: this.faults,
    };
  }

  private take(entry: Entry, event: LoggedEvent, place: number): void {
    const { seq, actor } = entry;
    this.apply(entry, event);
    const { owner, status } = this;
    const id = derivedId('ev', this.id, String(seq), String(place));
    this.events.push({ ...event, id, actor: actor.id, owner, status });
  }

  private apply({ seq, actor }: Entry, { type, data }: LoggedEvent): void {
    const person = (field: string) => (data[field] as { id: string } | null)?.id ?? null;
    switch (type) {
      case 'conversation.created':
        if (this.status !== 'none') this.fault('opened twice', `entry ${seq} opens it again`);
        this.status = 'open';
        this.peers = data['peers'] as string[];
        break;
      case 'conversation.assigned':
        if (this.owner !== null && data['cause'] !== 'admin') {
          this.fault('two owners', `entry ${seq} gives what ${this.owner} has to ${person('owner')}`);
        }
        this.owner = person('owner');
        break;
      case 'conversation.transferred':
        if (this.owner !== person('from')) this.fault('two owners', `entry ${seq} transfers from no owner`);
        this.owner = person('to');
        break;
      case 'conversation.returned':
        if (this.owner !== person('from')) this.fault('two owners', `entry ${seq} returns from no owner`);
        this.owner = null;
        break;
      case 'conversation.reopened':
        this.status = 'open';
        this.owner = person('owner');
        break;
      case 'conversation.done':
        this.status = 'done';
        this.owner = null;
        break;
      case 'message.queued':
        if (actor.kind === 'user' && actor.id !== this.owner) {
          this.fault(
            'reply of no owner',
            `entry ${seq} is a reply of ${actor.id}, the owner is ${this.owner}`,
          );
        }
        break;
      default:
    }
  }

  private fault(kind: string, what: string): void {
    this.faults.push({ kind, what });
  }
}
