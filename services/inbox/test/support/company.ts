import {
  GetConversation,
  ListConversations,
  ListInboxes,
  type CallDefinition,
  type ConversationView,
  type Refusal,
} from '@partyline/contracts';
import { conversationId, newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import type { Neighbours } from './neighbours.js';

export const OUR_NUMBER = '+12125550101';

type Answered<A> = A extends { ok: true; value: infer V } ? V : never;
type Mine = 'tenantId' | 'userId' | 'correlationId';

/** A tenant of its own: ada is an Admin, ben, cleo and dev are Members, olga observes; eve is in no inbox. */
export class Company {
  readonly tenantId = newId('t').slice(0, 20);
  private customers = 0;

  private constructor(readonly bus: Neighbours) {}

  static async found(bus: Neighbours): Promise<Company> {
    const company = new Company(bus);
    const { tenantId } = company;
    await bus.user(tenantId, 'ada', 'admin');
    for (const member of ['ben', 'cleo', 'dev', 'eve']) await bus.user(tenantId, member, 'member');
    await bus.user(tenantId, 'olga', 'observer');
    await bus.inbox(tenantId, 'support', ['ada', 'ben', 'cleo', 'dev', 'olga']);
    await bus.inbox(tenantId, 'sales', ['ada', 'ben']);
    await bus.number(tenantId, OUR_NUMBER, 'support');
    await eventually(async () => {
      const inboxes = await company.get('olga', ListInboxes, {});
      return inboxes.length === 1 && inboxes[0]?.numbers.length === 1;
    });
    return company;
  }

  customer(): string {
    this.customers += 1;
    return `+1310${this.tenantId.replaceAll(/\D/g, '').padEnd(3, '5').slice(0, 3)}${String(this.customers).padStart(4, '0')}`;
  }

  conversationWith(...peers: string[]): string {
    return conversationId(this.tenantId, 'support', OUR_NUMBER, peers);
  }

  /** What a person is answered, whatever it is. */
  ask<Q extends { [K in Mine]: string }, A>(
    userId: string,
    definition: CallDefinition<Q, A>,
    request: Omit<Q, Mine>,
  ): Promise<A> {
    const { tenantId } = this;
    return this.bus.call(definition, {
      ...request,
      tenantId,
      userId,
      correlationId: newId('co'),
    } as unknown as Q);
  }

  /** The value that a person is answered with; throws the refusal. */
  async get<Q extends { [K in Mine]: string }, A extends { ok: boolean }>(
    userId: string,
    definition: CallDefinition<Q, A>,
    request: Omit<Q, Mine>,
  ): Promise<Answered<A>> {
    const answer = (await this.ask(userId, definition, request)) as {
      ok: boolean;
      value?: unknown;
      error?: Refusal;
    };
    if (!answer.ok) throw new Error(`${answer.error?.code}: ${answer.error?.message}`);
    return answer.value as Answered<A>;
  }

  /** As {@link get} for a command, with a new key. */
  command<Q extends { [K in Mine]: string } & { commandId: string }, A>(
    userId: string,
    definition: CallDefinition<Q, A>,
    request: Omit<Q, Mine | 'commandId'>,
  ): Promise<A> {
    return this.ask(userId, definition, { ...request, commandId: newId('key') } as unknown as Omit<Q, Mine>);
  }

  async view(userId: string, id: string): Promise<ConversationView> {
    return this.get(userId, GetConversation, { conversationId: id });
  }

  /** One text of a new customer, landed. */
  async newConversation(text = 'hello'): Promise<string> {
    const from = this.customer();
    await this.bus.land([this.bus.routed(this.tenantId, { from, to: OUR_NUMBER, text })]);
    const id = this.conversationWith(from);
    await eventually(() => this.view('ada', id));
    return id;
  }

  /** The ids of a section, all of its pages. */
  async section(
    userId: string,
    status: 'open' | 'done' | 'snoozed',
    owner: 'unassigned' | 'me' | 'others' | 'any' = 'any',
    limit = 200,
  ): Promise<string[]> {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const request = {
        inboxId: 'support',
        status,
        owner,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      };
      const page = await this.get(userId, ListConversations, request);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return ids;
  }
}
