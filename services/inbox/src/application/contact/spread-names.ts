import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { decideNameContact } from '../../domain/decide/inbound.js';
import { Contacts, type UnspreadChange } from '../contacts.js';
import { ConversationList } from '../conversation-list.js';
import { ConversationLog } from '../log/conversation-log.js';

/** What a change is left to whoever made it, milliseconds; after that the sweep takes it up. */
const LEFT_BEHIND_MS = 5_000;
const PORTION = 100;

/** A contact is called the same in every conversation, whoever looks at whichever of them. */
@Injectable()
export class SpreadNames {
  constructor(
    private readonly contacts: Contacts,
    private readonly list: ConversationList,
    private readonly log: ConversationLog,
    private readonly clock: Clock,
  ) {}

  /** Another change may be spreading at the same time: the last to write a name has to write the one that stands. */
  async execute(change: UnspreadChange): Promise<void> {
    while (await this.round(change));
    failpoint('inbox.names-spread');
    await this.contacts.spread(change);
  }

  /** Gives how many changes it took up. */
  async leftBehind(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - LEFT_BEHIND_MS).toISOString();
    const changes = await this.contacts.unspread(before, PORTION);
    for (const change of changes) await this.execute(change);
    return changes.length;
  }

  /** Gives whether any conversation was called something else. */
  private async round({ tenantId, numbers, actor, correlationId }: UnspreadChange): Promise<boolean> {
    let changed = false;
    for await (const portion of this.list.withPeers(tenantId, numbers, PORTION)) {
      const names = await this.contacts.names(tenantId, [...new Set(portion.flatMap(({ peers }) => peers))]);
      const outcomes = await this.log.appendMany(
        portion.map(({ conversationId, peers }) => ({
          ref: { tenantId, conversationId },
          actor,
          at: this.clock.now().toISOString(),
          origin: { correlationId },
          decide: (state) =>
            decideNameContact(state, { type: 'name-contact', contactName: nameOfPeers(peers, names) }),
        })),
      );
      changed ||= outcomes.some(({ kind }) => kind === 'appended');
    }
    return changed;
  }
}

/** What the other side of a conversation is called: null where nobody in it has a name. */
export function nameOfPeers(peers: readonly string[], names: ReadonlyMap<string, string>): string | null {
  const called = [...new Set(peers.map((peer) => names.get(peer) ?? peer))];
  return peers.some((peer) => names.has(peer)) ? called.join(', ') : null;
}
