import { Injectable, Logger } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { decideErase } from '../../domain/decide/inbound.js';
import { Contacts, type UnspreadChange } from '../contacts.js';
import { ConversationList, type PeersOf } from '../conversation-list.js';
import { ConversationLog, type AppendOutcome } from '../log/conversation-log.js';
import { Erasures, TextsElsewhere, type ErasedTexts } from './erasures.js';

/** What is left to whoever decided it, milliseconds; after that the sweep takes it up. */
const LEFT_BEHIND_MS = 5_000;
const CONVERSATIONS_AT_ONCE = 20;
const ERASURES_AT_ONCE = 10;

/**
 * Takes what somebody wrote out of every conversation, here and in the other services. Each conversation says so in its
 * log first, by which its lists and whoever looks at it follow; all of it can be done again from the beginning.
 */
@Injectable()
export class EraseContent {
  private readonly logger = new Logger(EraseContent.name);

  constructor(
    private readonly contacts: Contacts,
    private readonly list: ConversationList,
    private readonly log: ConversationLog,
    private readonly erasures: Erasures,
    private readonly elsewhere: TextsElsewhere,
    private readonly clock: Clock,
  ) {}

  async execute(erasure: UnspreadChange): Promise<void> {
    const { tenantId, numbers } = erasure;
    for await (const portion of this.list.withPeers(tenantId, numbers, CONVERSATIONS_AT_ONCE)) {
      const outcomes = await this.say(erasure, portion);
      failpoint('inbox.erasure-said');
      const texts: ErasedTexts[] = [];
      for (const [index, outcome] of outcomes.entries()) {
        const conversation = portion[index];
        if (conversation) texts.push(await this.erase(tenantId, numbers, conversation, outcome));
      }
      failpoint('inbox.content-erased');
      await this.elsewhere.erase(
        tenantId,
        portion.map(({ conversationId }) => conversationId),
        texts,
        numbers,
      );
    }
    failpoint('inbox.erasure-told');
    await this.contacts.finishErasure(erasure);
    this.logger.log(`Erasure ${erasure.id} is finished.`);
  }

  /** Goes on with what a crash, or a service that was away, left unfinished. Gives how many erasures it finished. */
  async leftBehind(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - LEFT_BEHIND_MS).toISOString();
    const erasures = await this.contacts.unerased(before, ERASURES_AT_ONCE);
    for (const erasure of erasures) await this.execute(erasure);
    return erasures.length;
  }

  private say(
    { id, tenantId, actor, correlationId, numbers }: UnspreadChange,
    portion: readonly PeersOf[],
  ): Promise<AppendOutcome[]> {
    return this.log.appendMany(
      portion.map(({ conversationId }) => ({
        ref: { tenantId, conversationId },
        actor,
        at: this.clock.now().toISOString(),
        origin: { correlationId },
        commandId: `erase:${id}`,
        decide: (state) => decideErase(state, { type: 'erase', peers: numbers }),
      })),
    );
  }

  private async erase(
    tenantId: string,
    numbers: readonly string[],
    { conversationId, peers }: PeersOf,
    outcome: AppendOutcome,
  ): Promise<ErasedTexts> {
    if (outcome.kind !== 'appended' && outcome.kind !== 'repeated') return { received: [], sent: [] };
    const alone = peers.every((peer) => numbers.includes(peer));
    const erased = { peers: new Set(numbers), alone };
    return this.erasures.erase({ tenantId, conversationId }, outcome.entry.seq, erased);
  }
}
