import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  DeliveryStatusChanged,
  MessageQueued,
  MessageReceived,
  type CallDefinition,
  type Conversation,
  type Envelope,
  type InboundMessage,
  type Media,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import type { TestNats } from '@partyline/testing';

/** The services that ingest meets on the bus: those that hear of texts, and those that say where they landed. */
export class Neighbours {
  private constructor(
    private readonly connection: NatsConnection,
    private readonly js: JetStreamClient,
    private readonly manager: JetStreamManager,
  ) {}

  static async start(nats: TestNats): Promise<Neighbours> {
    const { username: user, password: pass, host } = new URL(nats.url);
    const connection = await connect({
      servers: host,
      user,
      pass,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 100,
    });
    const neighbours = new Neighbours(connection, jetstream(connection), await jetstreamManager(connection));
    await neighbours.makeStreams();
    return neighbours;
  }

  async makeStreams(): Promise<void> {
    for (const name of ['inbox', 'delivery'])
      await this.manager.streams.add({ name, subjects: [`${name}.>`] });
  }

  /** Everything on ingest's stream, in its order; nothing where there is no stream. */
  async published(): Promise<{ subject: string; msgId: string; envelope: Envelope }[]> {
    const info = await this.manager.streams.info('ingest').catch(() => null);
    const found = [];
    const { first_seq: first, last_seq: last } = info?.state ?? { first_seq: 1, last_seq: 0 };
    for (let seq = first; seq <= last; seq += 1) {
      const message = await this.manager.streams.getMessage('ingest', { seq });
      if (!message) continue;
      const envelope = message.json<Envelope>();
      found.push({ subject: message.subject, msgId: message.header.get('Nats-Msg-Id'), envelope });
    }
    return found;
  }

  async deleteStream(): Promise<void> {
    await this.manager.streams.delete('ingest');
  }

  async call<Q, A>(definition: CallDefinition<Q, A>, request: Q): Promise<A> {
    const reply = await this.connection.request(definition.pattern, JSON.stringify(request), {
      timeout: 5_000,
    });
    return definition.answer.parse(reply.json());
  }

  /** The inbox has the text in a conversation. */
  async land(message: InboundMessage): Promise<void> {
    const { receiptId, messageId, carrier, accountId, from, to, text, media, receivedAt } = message;
    const event = {
      receiptId,
      messageId,
      carrier,
      accountId,
      from,
      to,
      text,
      media,
      receivedAt,
      keyword: null,
      trace: [],
    };
    await this.js.publish(
      MessageReceived.subject('demo', 'department-support'),
      JSON.stringify(
        envelope(MessageReceived.type, { index: 0, event, conversation: conversation(from, to) }),
      ),
    );
  }

  /** A reply with these files stands in its conversation. */
  async queue({ messageId, media }: { messageId: string; media: Media[] }): Promise<void> {
    const [from, to] = ['+12125550101', '+14155550123'];
    const event = {
      messageId,
      clientMessageId: messageId,
      carrier: 'simulator',
      accountId: 'demo-simulator',
      from,
      to: [to],
      text: '',
      media,
      origin: 'person',
    };
    await this.js.publish(
      MessageQueued.subject('demo', 'department-support'),
      JSON.stringify(envelope(MessageQueued.type, { index: 0, event, conversation: conversation(to, from) })),
    );
  }

  /** Delivery has settled what these receipts told. */
  async settle(receiptIds: string[]): Promise<void> {
    const data = {
      messageId: newId('ms'),
      conversationId: newId('cv'),
      inboxId: 'department-support',
      status: 'delivered',
      errorClass: null,
      rawCode: null,
      description: null,
      providerMessageId: 'x',
      receiptIds,
    };
    await this.js.publish(
      DeliveryStatusChanged.subject('demo'),
      JSON.stringify(envelope(DeliveryStatusChanged.type, data)),
    );
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }
}

function envelope(type: string, data: unknown): Envelope {
  return {
    id: newId('ev'),
    type,
    version: 1,
    occurredAt: new Date().toISOString(),
    tenantId: 'demo',
    aggregateId: newId('cv'),
    seq: 1,
    epoch: 0,
    actor: { kind: 'system', id: 'test' },
    correlationId: newId('co'),
    data,
  };
}

function conversation(peer: string, number: string): Conversation {
  const now = new Date().toISOString();
  return {
    id: newId('cv'),
    inboxId: 'department-support',
    inboxKind: 'shared',
    number,
    peers: [peer],
    contactName: null,
    status: 'open',
    owner: null,
    lastOwner: null,
    epoch: 0,
    seq: 1,
    attention: [1],
    lastInboundSeq: 1,
    preview: null,
    waitingSince: now,
    lastActivityAt: now,
    changedBy: null,
    changedAt: now,
    optedOut: false,
    failed: false,
  };
}
