import { Injectable } from '@nestjs/common';
import type { Envelope, InboundMessage, Route } from '@partyline/contracts';
import { Clock, conversationId, derivedId, failpoint } from '@partyline/kernel';
import type { KnownOptOut, ReceiveMessage } from '../../domain/commands.js';
import { decide } from '../../domain/decide/decide.js';
import type { Directory } from '../../domain/directory.js';
import { Consents } from '../consents.js';
import { Contacts } from '../contacts.js';
import { DirectoryStore } from '../directory-store.js';
import { ConversationLog, type AppendRequest, type LoggedEntry } from '../log/conversation-log.js';
import { replay } from '../log/replay.js';
import { Outbox } from '../outbox.js';
import { LeaveMenus, type MenuLeft } from './leave-menus.js';
import { nameOfPeers } from '../contact/spread-names.js';
import { ConsentsSaid } from './consents-said.js';

export type RoutedMessage = Envelope<{ message: InboundMessage; route: Route }>;

/** What is known of a contact who comes to an inbox for the first time. */
interface Newcomer {
  readonly contactName: string | null;
  readonly optOuts: readonly KnownOptOut[];
}

/** A text on its way into its conversation. */
interface Arrival {
  readonly routed: RoutedMessage;
  readonly conversationId: string;
  readonly peers: readonly string[];
}

/** Customers' texts land in their conversations: each once, whatever is delivered again, and whatever crashes. */
@Injectable()
export class LandMessages {
  constructor(
    private readonly log: ConversationLog,
    private readonly directories: DirectoryStore,
    private readonly contacts: Contacts,
    private readonly consents: Consents,
    private readonly outbox: Outbox,
    private readonly consentsSaid: ConsentsSaid,
    private readonly leaveMenus: LeaveMenus,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all of them are durable, with everything that follows from them. */
  async execute(batch: readonly RoutedMessage[]): Promise<void> {
    failpoint('inbox.texts-taken');
    const arrivals = batch.map(arrivalOf);
    const directories = await this.directoriesOf(batch);
    const newcomers = new Map<string, Newcomer>();
    const at = this.clock.now().toISOString();
    const requests = arrivals.map((arrival) => requestOf(arrival, at, directories, newcomers));
    const outcomes = await this.log.appendMany(requests, async (opening) => {
      const ids = new Set(opening.map(({ ref }) => ref.conversationId));
      await this.introduce(
        arrivals.filter((arrival) => ids.has(arrival.conversationId)),
        newcomers,
      );
    });
    const landed: LoggedEntry[] = [];
    const repeated: LoggedEntry[] = [];
    for (const outcome of outcomes) {
      if (outcome.kind === 'appended' || outcome.kind === 'repeated') landed.push(outcome.entry);
      if (outcome.kind === 'repeated') repeated.push(outcome.entry);
    }
    // A redelivery may mean that the first attempt died here, so what follows is done again; it is idempotent.
    await this.consentsSaid.execute(landed);
    await this.leaveMenus.execute(arrivals.flatMap(menuLeftBy));
    // Who delivers again has not heard that it landed.
    if (repeated.length > 0) await this.outbox.announceAgain(await replay(this.log, repeated), `again-${at}`);
    failpoint('inbox.texts-landed');
  }

  private async directoriesOf(batch: readonly RoutedMessage[]): Promise<Map<string, Directory>> {
    const tenants = [...new Set(batch.map(({ tenantId }) => tenantId))];
    const found = await Promise.all(tenants.map((tenantId) => this.directories.of(tenantId)));
    return new Map(tenants.flatMap((tenantId, i) => (found[i] ? [[tenantId, found[i]] as const] : [])));
  }

  private async introduce(arrivals: readonly Arrival[], newcomers: Map<string, Newcomer>): Promise<void> {
    const first = new Map(arrivals.map((arrival) => [arrival.conversationId, arrival]));
    await Promise.all(
      [...first.values()].map(async ({ conversationId: id, peers, routed }) => {
        const { tenantId } = routed;
        const [names, optOuts] = await Promise.all([
          this.contacts.names(tenantId, peers),
          this.consents.optOuts(tenantId, routed.data.message.to, peers),
        ]);
        newcomers.set(id, { contactName: nameOfPeers(peers, names), optOuts });
      }),
    );
  }
}

function arrivalOf(routed: RoutedMessage): Arrival {
  const { message, route } = routed.data;
  const peers = [...new Set([message.from, ...message.group])].filter((peer) => peer !== message.to).sort();
  return { routed, peers, conversationId: conversationId(routed.tenantId, route.inboxId, message.to, peers) };
}

function requestOf(
  arrival: Arrival,
  at: string,
  directories: ReadonlyMap<string, Directory>,
  newcomers: ReadonlyMap<string, Newcomer>,
): AppendRequest {
  const { routed, conversationId: id } = arrival;
  const { message, route } = routed.data;
  const inbox = { id: route.inboxId, kind: route.inboxKind };
  const directory = directories.get(routed.tenantId);
  if (!directory) throw new Error(`The directory of ${routed.tenantId} was not read`);
  const around = directory.around(inbox, route.memberId);
  return {
    ref: { tenantId: routed.tenantId, conversationId: id },
    inbox,
    actor: { kind: 'contact', id: message.from },
    at,
    origin: {
      correlationId: routed.correlationId,
      causationId: routed.id,
      traceparent: routed.traceparent,
    },
    messageId: message.messageId,
    decide: (state) => decide(state, commandOf(arrival, newcomers.get(id), directory), around),
  };
}

function commandOf(
  { routed, peers, conversationId: id }: Arrival,
  newcomer: Newcomer | undefined,
  { consentLanguages, keywordAnswers }: Directory,
): ReceiveMessage {
  const { message, route } = routed.data;
  const { messageId, receiptId, carrier, accountId, from, to, text, media, receivedAt, sentAt, segments } =
    message;
  const { keyword, answeredByCarrier } = message;
  const { contactName = null, optOuts = [] } = newcomer ?? {};
  const answerId = derivedId('ms', routed.tenantId, messageId, 'auto');
  return {
    type: 'receive',
    place: { conversationId: id, number: to, peers, contactName },
    optOuts,
    languages: consentLanguages,
    message: {
      messageId,
      receiptId,
      carrier,
      accountId,
      from,
      to,
      text,
      media,
      receivedAt,
      sentAt,
      segments,
      keyword,
      trace: route.trace,
    },
    autoReply: route.autoReply === null ? null : { messageId: answerId, text: route.autoReply },
    keywordAnswer: answeredByCarrier ? null : { messageId: answerId, settings: keywordAnswers },
  };
}

function menuLeftBy({ routed, peers }: Arrival): MenuLeft[] {
  const { tenantId, correlationId, data } = routed;
  const { message, route } = data;
  if (route.leavesInboxId === null) return [];
  return [
    {
      ref: { tenantId, conversationId: conversationId(tenantId, route.leavesInboxId, message.to, peers) },
      messageId: message.messageId,
      chosenAt: message.receivedAt,
      correlationId,
    },
  ];
}
