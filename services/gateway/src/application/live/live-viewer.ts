import { Logger } from '@nestjs/common';
import { GetCounts, ListInboxes, type InboxDefinition, type InboxSummary } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import type { Principal } from '../../domain/account.js';
import { liveFrame } from '../../domain/live-frame.js';
import { seesInbox } from '../../domain/sight.js';
import type { Services } from '../services.js';
import { Coalesced } from './coalesced.js';
import type { LiveStream } from './live-stream.js';

/** Counts are asked for at most this often, milliseconds. */
const COUNTS_EVERY_MS = 200;

interface Followed {
  readonly inbox: Pick<InboxDefinition, 'memberIds' | 'active'>;
  readonly removed: boolean;
  readonly revision: number;
}

/** One person who listens here, with all of their windows: which inboxes they see, and their counts. */
export class LiveViewer {
  readonly streams = new Set<LiveStream>();
  /** How many requests to listen are under way. */
  arriving = 0;
  private readonly log = new Logger('Live');
  /** What the inbox service showed, with the members. */
  private inboxes = new Map<string, string[]>();
  /** What the routing service said of inboxes since. It decides who is in them, so its word goes first. */
  private readonly followed = new Map<string, Followed>();
  private outline = '';
  private readonly counts = new Coalesced(COUNTS_EVERY_MS, (inboxIds) => this.sendCounts(inboxIds));

  constructor(
    private principal: Pick<Principal, 'tenantId' | 'userId' | 'permissions'>,
    private readonly services: Services,
  ) {}

  get tenantId(): string {
    return this.principal.tenantId;
  }

  get userId(): string {
    return this.principal.userId;
  }

  sees(inboxId: string): boolean {
    const followed = this.followed.get(inboxId);
    if (followed) return seesInbox(this.principal, followed.inbox, followed.removed);
    const memberIds = this.inboxes.get(inboxId);
    // The permissions of now, so that whoever lost them is shown nothing more from this moment on.
    return memberIds !== undefined && seesInbox(this.principal, { memberIds, active: true }, false);
  }

  changePermissions(permissions: Principal['permissions']): void {
    this.principal = { ...this.principal, permissions };
  }

  /** Follows a change of an inbox at once; an older revision than the last one changes nothing. */
  follow(inbox: InboxDefinition, removed: boolean, revision: number): void {
    const known = this.followed.get(inbox.id);
    if (known && known.revision > revision) return;
    this.followed.set(inbox.id, { inbox, removed, revision });
  }

  /** The directory may be another one: what was followed of the old one counts no more. */
  unfollow(): void {
    this.followed.clear();
  }

  /** Asks again what this person sees. Resolves with whether anything that they are shown of it changed. */
  async look(): Promise<boolean> {
    const summaries = await this.services.query(ListInboxes, this.asking());
    this.inboxes = new Map(summaries.map(({ id, memberIds }) => [id, memberIds]));
    const outline = outlineOf(summaries);
    const changed = outline !== this.outline;
    this.outline = outline;
    return changed;
  }

  /** Something happened in this inbox: the counts that are shown of it may be others now. */
  touch(inboxId: string): void {
    this.counts.mark(inboxId);
  }

  send(frame: string): void {
    for (const stream of this.streams) stream.sink.send(frame);
  }

  leave(): void {
    this.counts.stop();
  }

  private async sendCounts(dirty: string[]): Promise<void> {
    const inboxIds = dirty.filter((id) => this.sees(id));
    if (inboxIds.length === 0) return;
    try {
      const counts = await this.services.query(GetCounts, { ...this.asking(), inboxIds });
      this.send(liveFrame('counts', counts));
    } catch (error) {
      // The next event asks again, and so does the client when it fetches its inboxes.
      this.log.warn({ err: error, userId: this.userId }, 'No counts for a viewer');
    }
  }

  private asking(): { tenantId: string; userId: string; correlationId: string } {
    return { tenantId: this.tenantId, userId: this.userId, correlationId: newId('co') };
  }
}

/** Everything of the inboxes but their counts, to see whether it changed. */
const outlineOf = (summaries: readonly InboxSummary[]): string =>
  JSON.stringify(
    summaries.map(({ id, name, kind, numbers, memberIds }) => [id, name, kind, numbers, memberIds]),
  );
