import { Injectable } from '@nestjs/common';
import type { ConversationView, Viewer } from '@partyline/contracts';
import type { Directory } from '../../domain/directory.js';
import { canSee, type Inbox, type Member } from '../../domain/inbox.js';
import { viewOf } from '../../domain/viewer.js';
import type { Shown } from '../conversation-list.js';
import { DirectoryStore } from '../directory-store.js';
import { ConversationLog } from '../log/conversation-log.js';

/** Somebody and everything that is theirs to see. */
export interface Seer {
  readonly viewer: Member;
  readonly directory: Directory;
  readonly inboxes: readonly Inbox[];
}

/** A conversation in somebody's sight. */
export interface Seen {
  readonly viewer: Member;
  readonly inbox: Inbox;
  readonly shown: Shown;
}

/** Who may look at what: every query goes through here. What is out of sight does not exist. */
@Injectable()
export class Sight {
  constructor(
    private readonly directories: DirectoryStore,
    private readonly log: ConversationLog,
  ) {}

  /** Null for people that are unknown, disabled, or may not even view. */
  async seer({ tenantId, userId }: Viewer): Promise<Seer | null> {
    const directory = await this.directories.of(tenantId);
    const viewer = directory.people.get(userId);
    if (!viewer?.active || !viewer.permissions.has('view')) return null;
    return { viewer, directory, inboxes: directory.visibleTo(userId) };
  }

  async inbox(asked: Viewer, inboxId: string): Promise<(Seer & { readonly inbox: Inbox }) | null> {
    const seer = await this.seer(asked);
    const inbox = seer?.inboxes.find(({ id }) => id === inboxId);
    return seer && inbox ? { ...seer, inbox } : null;
  }

  async conversation(asked: Viewer, conversationId: string): Promise<Seen | null> {
    const { tenantId, userId } = asked;
    const [directory, shown] = await Promise.all([
      this.directories.of(tenantId),
      this.log.read({ tenantId, conversationId }),
    ]);
    if (!shown) return null;
    const { inbox } = directory.around({ id: shown.state.inboxId, kind: shown.state.inboxKind });
    const viewer = directory.people.get(userId);
    return canSee(viewer, inbox) ? { viewer, inbox, shown } : null;
  }
}

export const viewOfSeen = ({ viewer, inbox, shown }: Seen): ConversationView =>
  viewOf(shown.state, viewer, inbox, shown.cursors[viewer.id] ?? 0);
