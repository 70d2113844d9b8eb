import { connect, type NatsConnection } from '@nats-io/transport-node';
import { SecretBox } from '@partyline/carriers';
import {
  FindMissingTexts,
  GetCarrierAccount,
  KnownNumbers,
  ListCarrierLogins,
  TakeLoggedTexts,
  type CallDefinition,
  type LoggedTextBody,
} from '@partyline/contracts';
import type { TestNats } from '@partyline/testing';

export interface KnownAccount {
  readonly id: string;
  readonly carrier: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Ingest as delivery meets it: its accounts, the texts that came in, and those it is given; and routing's numbers. */
export class FakeIngest {
  readonly received = new Set<string>();
  /** When all accounts were made. */
  since: Date | null = null;
  readonly taken: (LoggedTextBody & { readonly accountId: string })[] = [];
  /** The tenant's own; others of a login belong to something else. */
  readonly numbers = new Set<string>();
  readonly sharedWith = new Map<string, string[]>();

  private constructor(
    private readonly connection: NatsConnection,
    private readonly accounts: Map<string, KnownAccount>,
    private readonly secrets: SecretBox,
  ) {}

  static async start(nats: TestNats, accounts: readonly KnownAccount[], key: string): Promise<FakeIngest> {
    const { username: user, password: pass, host } = new URL(nats.url);
    const connection = await connect({ servers: host, user, pass });
    const known = new Map(accounts.map((account) => [account.id, account]));
    const ingest = new FakeIngest(connection, known, new SecretBox(key));
    ingest.answer();
    return ingest;
  }

  /** Another account with the login of one that is known. */
  share(accountId: string, other: KnownAccount): void {
    this.accounts.set(other.id, other);
    this.sharedWith.set(accountId, [...(this.sharedWith.get(accountId) ?? []), other.id]);
  }

  async stop(): Promise<void> {
    await this.connection.close();
  }

  private answer(): void {
    this.on(ListCarrierLogins, () =>
      this.ownLogins().map(({ id, carrier }) => ({
        tenantId: 'demo',
        carrier,
        accountId: id,
        sharedWith: this.sharedWith.get(id) ?? [],
        ...(this.since === null ? {} : { since: this.since.toISOString() }),
      })),
    );
    this.on(GetCarrierAccount, ({ accountId }) => {
      const account = this.accounts.get(accountId);
      if (!account) throw new Error(`no account ${accountId}`);
      const { id, carrier, settings, secrets } = account;
      const publicUrl = `https://hooks.example/hooks/${carrier}/${id}`;
      const sealed = this.secrets.sealAll(id, secrets);
      return { id, carrier, name: id, tenantId: 'demo', publicUrl, settings, active: true, sealed };
    });
    this.on(KnownNumbers, ({ numbers }) => numbers.filter((number) => this.numbers.has(number)));
    this.on(FindMissingTexts, ({ providerMessageIds }) =>
      providerMessageIds.filter((id) => !this.received.has(id)),
    );
    this.on(TakeLoggedTexts, ({ accountId, texts }) => {
      for (const text of texts) {
        this.received.add(text.providerMessageId);
        this.taken.push({ ...text, accountId });
      }
      return { taken: texts.length };
    });
  }

  private ownLogins(): KnownAccount[] {
    const shared = new Set([...this.sharedWith.values()].flat());
    return [...this.accounts.values()].filter(({ id }) => !shared.has(id));
  }

  private on<Q, A>(definition: CallDefinition<Q, A>, handle: (request: Q) => unknown): void {
    this.connection.subscribe(definition.pattern, {
      callback: (_error, message) => {
        const value = handle(definition.request.parse(message.json()));
        message.respond(JSON.stringify(definition.answer.parse({ ok: true, value })));
      },
    });
  }
}
