import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { SecretBox } from '@partyline/carriers';
import {
  CarrierStatusReceived,
  ConsentChanged,
  DeliveryStatusChanged,
  GetCarrierAccount,
  MessageQueued,
  MessageStatusChanged,
  type CarrierStatus,
  type Conversation,
  type DeliveryStatus,
  type Envelope,
  type EventDefinition,
  uploadUrl,
  type CallDefinition,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import type { TestNats } from '@partyline/testing';

export const OUR_NUMBER = '+12125550101';

export interface Reply {
  /** Ids of files that one of our people attached. */
  readonly media?: readonly string[];
  readonly messageId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly to: string;
  readonly text: string;
  readonly accountId?: string;
  readonly carrier?: string;
}

/** The API of a simulator, or an account with some other carrier. */
type KnownAccount =
  | string
  | {
      readonly carrier: string;
      readonly settings: Readonly<Record<string, string>>;
      readonly secrets: Readonly<Record<string, string>>;
    };

/** The services that delivery meets on the bus: the inbox that queues replies, and ingest that knows carriers. */
export class Neighbours {
  readonly told: Envelope<ReturnType<(typeof DeliveryStatusChanged)['parse']>['data']>[] = [];
  accountCalls = 0;
  private constructor(
    private readonly connection: NatsConnection,
    private readonly js: JetStreamClient,
  ) {}

  static async start(
    nats: TestNats,
    accounts: Readonly<Record<string, KnownAccount>>,
    key: string,
  ): Promise<Neighbours> {
    const connection = await connect({
      servers: nats.url.replace(/\/\/.*@/, '//'),
      ...credentials(nats.url),
    });
    const manager = await jetstreamManager(connection);
    for (const name of ['inbox', 'ingest']) await manager.streams.add({ name, subjects: [`${name}.>`] });
    const neighbours = new Neighbours(connection, jetstream(connection));
    neighbours.answerAccounts(accounts, new SecretBox(key));
    neighbours.listen();
    return neighbours;
  }

  async queue(reply: Reply): Promise<void> {
    const event = {
      messageId: reply.messageId,
      clientMessageId: reply.messageId,
      carrier: reply.carrier ?? 'simulator',
      accountId: reply.accountId ?? 'demo-simulator',
      from: OUR_NUMBER,
      to: [reply.to],
      text: reply.text,
      media: (reply.media ?? []).map((id) => ({ id, url: uploadUrl(id), contentType: 'image/png' })),
      origin: 'person',
    };
    await this.fromConversation(MessageQueued, reply, event);
  }

  async call<Q, A>(definition: CallDefinition<Q, A>, request: Q): Promise<A> {
    const reply = await this.connection.request(definition.pattern, JSON.stringify(request), {
      timeout: 5_000,
    });
    return definition.answer.parse(reply.json());
  }

  async consent(peer: string, state: 'opted_out' | 'opted_in'): Promise<void> {
    const of = { conversationId: newId('cv'), seq: 1 };
    await this.fromConversation(ConsentChanged, of, { peer, number: OUR_NUMBER, state, keyword: 'STOP' });
  }

  /** The conversation shows the status. */
  async show(reply: Reply, status: DeliveryStatus): Promise<void> {
    const event = { messageId: reply.messageId, status, errorClass: null, rawCode: null, description: null };
    await this.fromConversation(MessageStatusChanged, reply, event);
  }

  async carrierSays(providerMessageId: string, change: Partial<CarrierStatus>): Promise<void> {
    const data: CarrierStatus = {
      receiptId: newId('rc'),
      carrier: 'simulator',
      accountId: 'demo-simulator',
      providerMessageId,
      status: 'delivered',
      errorClass: null,
      rawCode: null,
      description: null,
      receivedAt: new Date().toISOString(),
      ...change,
    };
    await this.publish(CarrierStatusReceived, CarrierStatusReceived.subject('demo'), data, {
      aggregateId: providerMessageId,
    });
  }

  /** The statuses that were announced for a reply, in order. */
  statuses(messageId: string): DeliveryStatus[] {
    return this.told.filter(({ data }) => data.messageId === messageId).map(({ data }) => data.status);
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }

  private async fromConversation<D>(
    definition: EventDefinition<D>,
    { conversationId, seq }: { conversationId: string; seq: number },
    event: object,
  ): Promise<void> {
    const subject = definition.subject('demo', 'department-support');
    const data = { index: 0, event, conversation: conversation(conversationId, seq) };
    await this.publish(definition, subject, data, { aggregateId: conversationId, seq });
  }

  private async publish(
    definition: EventDefinition,
    subject: string,
    data: unknown,
    about: { aggregateId: string; seq?: number },
  ): Promise<void> {
    const envelope = {
      id: newId('ev'),
      type: definition.type,
      version: definition.version,
      occurredAt: new Date().toISOString(),
      tenantId: 'demo',
      actor: { kind: 'user', id: 'ben' },
      correlationId: newId('co'),
      ...about,
      data,
    };
    definition.parse(envelope);
    await this.js.publish(subject, JSON.stringify(envelope), { msgID: envelope.id });
  }

  private answerAccounts(accounts: Readonly<Record<string, KnownAccount>>, secrets: SecretBox): void {
    this.connection.subscribe(GetCarrierAccount.pattern, {
      callback: (_error, message) => {
        this.accountCalls += 1;
        const { accountId } = GetCarrierAccount.request.parse(message.json());
        const known = accounts[accountId];
        const account =
          typeof known === 'string'
            ? {
                carrier: 'simulator',
                settings: { apiBase: known },
                secrets: { signingSecret: 'demo-simulator-secret' },
              }
            : known;
        const answer =
          account === undefined
            ? { ok: false, error: { code: 'NOT_FOUND', message: 'There is no such carrier account' } }
            : {
                ok: true,
                value: {
                  id: accountId,
                  tenantId: 'demo',
                  carrier: account.carrier,
                  name: accountId,
                  publicUrl: 'http://hooks.example/hooks/simulator/demo-simulator',
                  settings: account.settings,
                  active: true,
                  prices: { currency: 'USD', sms: '0.0079' },
                  sealed: secrets.sealAll(accountId, account.secrets),
                },
              };
        message.respond(JSON.stringify(answer));
      },
    });
  }

  private listen(): void {
    this.connection.subscribe(DeliveryStatusChanged.pattern, {
      callback: (_error, message) => {
        this.told.push(DeliveryStatusChanged.parse(message.json()));
      },
    });
  }
}

function credentials(url: string): { user: string; pass: string } {
  const { username, password } = new URL(url);
  return { user: username, pass: password };
}

function conversation(id: string, seq: number): Conversation {
  const at = new Date().toISOString();
  return {
    id,
    inboxId: 'department-support',
    inboxKind: 'shared',
    number: OUR_NUMBER,
    peers: ['+12125557001'],
    contactName: null,
    status: 'open',
    owner: { id: 'ben', name: 'Ben Ortiz' },
    lastOwner: null,
    epoch: 1,
    seq,
    attention: [],
    lastInboundSeq: 0,
    preview: null,
    waitingSince: null,
    lastActivityAt: at,
    changedBy: null,
    changedAt: at,
    optedOut: false,
    failed: false,
  };
}
