import { jetstream, jetstreamManager, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  DeliveryStatusChanged,
  EraseAttempts,
  EraseNews,
  EraseReceipts,
  DirectoryInboxChanged,
  DirectoryNumberChanged,
  envelopeSchema,
  MessageRouted,
  READY_ROLES,
  UserChanged,
  type CallDefinition,
  type DeliveryStatus,
  type Envelope,
  type EventDefinition,
  type InboundMessage,
  type InboxDefinition,
  type Route,
} from '@partyline/contracts';
import { derivedId, messageId, newId } from '@partyline/kernel';
import { eventually, type TestNats } from '@partyline/testing';

export type Text = Partial<InboundMessage> & { readonly to: string; readonly from: string };
export type Routed = { readonly tenantId: string; readonly message: InboundMessage; readonly route: Route };
type Role = keyof typeof READY_ROLES;

/** The services that the inbox meets on the bus: routing, gateway and delivery, and whoever listens to it. */
export class Neighbours {
  /** Everything on the inbox stream, in its order. */
  readonly told: Envelope[] = [];
  private revision = 0;
  private readonly erasures: (() => void)[] = [];

  private constructor(
    private readonly connection: NatsConnection,
    private readonly js: JetStreamClient,
  ) {}

  static async start(nats: TestNats): Promise<Neighbours> {
    const { username, password, host } = new URL(nats.url);
    const connection = await connect({
      servers: host,
      user: username,
      pass: password,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 50,
    });
    const neighbours = new Neighbours(connection, jetstream(connection));
    await neighbours.makeStreams();
    neighbours.listen();
    return neighbours;
  }

  /** Ingest, delivery and notify, which erase what they are asked to, or (`refuse`) cannot. The newest answers count. */
  answerErasures({ refuse = false } = {}) {
    const asked = {
      receipts: [] as string[],
      attempts: [] as string[],
      conversations: [] as string[],
      refused: 0,
    };
    const answer = (pattern: string, answered: object, take: (request: Record<string, string[]>) => void) => {
      const subscription = this.connection.subscribe(pattern, {
        callback: (_error, message) => {
          if (refuse) asked.refused += 1;
          else take(message.json());
          message.respond(
            JSON.stringify(
              refuse
                ? { ok: false, error: { code: 'UNAVAILABLE', message: 'not now' } }
                : { ok: true, value: answered },
            ),
          );
        },
      });
      this.erasures.push(() => subscription.unsubscribe());
    };
    for (const end of this.erasures.splice(0)) end();
    answer(EraseReceipts.pattern, { erased: 1 }, ({ messageIds = [] }) => asked.receipts.push(...messageIds));
    answer(EraseAttempts.pattern, { erased: 1, onTheirWay: 0 }, ({ messageIds = [] }) =>
      asked.attempts.push(...messageIds),
    );
    answer(EraseNews.pattern, { erased: 1 }, ({ conversationIds = [] }) =>
      asked.conversations.push(...conversationIds),
    );
    return asked;
  }

  /** Waits for the server, where it was away. */
  async makeStreams(): Promise<void> {
    const manager = await eventually(() => jetstreamManager(this.connection));
    for (const name of ['routing', 'accounts', 'delivery']) {
      await manager.streams.add({ name, subjects: [`${name}.>`] });
    }
  }

  async user(
    tenantId: string,
    userId: string,
    role: Role,
    changes: Record<string, unknown> = {},
  ): Promise<void> {
    await this.publish(UserChanged, tenantId, {
      revision: ++this.revision,
      userId,
      name: userId.replace(/^./, (letter) => letter.toUpperCase()),
      email: `${userId}@example.com`,
      roleId: role,
      permissions: [...READY_ROLES[role].permissions],
      active: true,
      availability: 'available',
      ...changes,
    });
  }

  async inbox(
    tenantId: string,
    id: string,
    memberIds: string[],
    changes: Partial<InboxDefinition> = {},
  ): Promise<void> {
    await this.publish(DirectoryInboxChanged, tenantId, {
      revision: ++this.revision,
      removed: false,
      inbox: {
        id,
        name: id,
        kind: 'shared',
        source: { kind: 'department', id },
        memberIds,
        reopenTo: 'unassigned',
        alertAfterMinutes: 15,
        active: true,
        ...changes,
      },
    });
  }

  async number(tenantId: string, id: string, inboxId: string): Promise<void> {
    await this.publish(DirectoryNumberChanged, tenantId, {
      revision: ++this.revision,
      removed: false,
      number: { id, name: null, carrier: 'simulator', carrierAccountId: 'acc', destination: null },
      inboxId,
    });
  }

  /** A customer's text, as routing passes it on. */
  routed(tenantId: string, text: Text, route: Partial<Route> = {}): Routed {
    const providerMessageId = text.providerMessageId ?? newId('pm');
    const accountId = text.accountId ?? `acc-${tenantId}`;
    return {
      tenantId,
      message: {
        receiptId: newId('rc'),
        messageId: messageId('simulator', accountId, providerMessageId),
        carrier: 'simulator',
        accountId,
        providerMessageId,
        group: [],
        text: 'hello',
        media: [],
        receivedAt: new Date().toISOString(),
        ...text,
      },
      route: {
        inboxId: 'support',
        inboxKind: 'shared',
        memberId: null,
        autoReply: null,
        leavesInboxId: null,
        trace: [{ step: 'inbox', id: 'support', text: 'to Support' }],
        ...route,
      },
    };
  }

  /** `times`: as a redelivery would, each with a message id of its own, so that the stream lets all of them through. */
  async land(texts: readonly Routed[], times = 1): Promise<void> {
    const repeats = Array.from({ length: times }, () => texts).flat();
    await Promise.all(
      repeats.map(({ tenantId, message, route }) =>
        this.publish(MessageRouted, tenantId, { message, route }),
      ),
    );
  }

  async status(
    of: { tenantId: string; conversationId: string; messageId: string },
    status: DeliveryStatus,
    said: { readonly errorClass?: string; readonly rawCode?: string } = {},
  ): Promise<void> {
    const { tenantId, ...ids } = of;
    await this.publish(DeliveryStatusChanged, tenantId, {
      ...ids,
      inboxId: 'support',
      status,
      errorClass: null,
      rawCode: null,
      description: null,
      providerMessageId: 'p1',
      receiptIds: [],
      ...said,
    });
  }

  async call<Q, A>(definition: CallDefinition<Q, A>, request: Q): Promise<A> {
    const answer = await this.connection.request(definition.pattern, JSON.stringify(request), {
      timeout: 10_000,
    });
    return definition.answer.parse(answer.json());
  }

  /** The last event of one kind that the inbox stream holds. */
  async lastHeld<D>(definition: EventDefinition<D>, subject: string): Promise<Envelope<D> | null> {
    const manager = await jetstreamManager(this.connection);
    const message = await manager.streams.getMessage('inbox', { last_by_subj: subject });
    return message && definition.parse(message.json());
  }

  /** What was told of one kind, checked against its contract. */
  heard<D>(definition: EventDefinition<D>): Envelope<D>[] {
    return this.told
      .filter(({ type }) => type === definition.type)
      .map((envelope) => definition.parse(envelope));
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }

  private async publish<D>(definition: EventDefinition<D>, tenantId: string, data: D): Promise<void> {
    const id = newId('ev');
    const envelope: Envelope = {
      id,
      type: definition.type,
      version: definition.version,
      occurredAt: new Date().toISOString(),
      tenantId,
      aggregateId: derivedId('ag', tenantId),
      actor: { kind: 'system', id: definition.stream },
      correlationId: newId('co'),
      data,
    };
    await this.js.publish(definition.subject(tenantId), JSON.stringify(envelope), { msgID: id });
  }

  /** JetStream hands a stored message to plain subscribers too, which is all that a test needs. */
  private listen(): void {
    this.connection.subscribe('inbox.>', {
      callback: (_, message) => {
        this.told.push(envelopeSchema.parse(message.json()));
      },
    });
  }
}
