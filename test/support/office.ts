import type { ConversationView } from '@partyline/contracts';
import { conversationId } from '@partyline/kernel';
import { randomUUID } from 'node:crypto';
import { send, simulatorText } from './carrier.js';
import { eventually } from './eventually.js';
import type { AnsweredCommand, Ledger } from './ledger.js';
import type { Person } from './person.js';

export const SUPPORT = { inboxId: 'department-support', number: '+12125550101' } as const;
export const MENU = { inboxId: 'welcome_menu-main', number: '+12125550103' } as const;
export const SALES = { inboxId: 'ring_group-sales', number: '+12125550102' } as const;

type Line = { readonly inboxId: string; readonly number: string };

/** All services may die again and again meanwhile. */
export const PATIENCE_MS = 180_000;
/** What says nothing about what became of a request: whoever sent it sends it again, under the same key. */
export const UNCERTAIN = new Set([429, 500, 502, 503, 504]);

export interface Staff {
  readonly ada: Person;
  readonly ben: Person;
  readonly cleo: Person;
  readonly dev: Person;
}

let customers = 0;

/**
 * Customers and staff who go on with their work whatever dies under them: each tries again, as carriers and browsers
 * do, until there is an answer. What they were promised stands in the ledger, by `tag`.
 */
export class Office {
  constructor(
    private readonly hooksUrl: string,
    readonly staff: Staff,
    private readonly ledger: Ledger,
  ) {}

  /** A phone that nobody else has. */
  newCustomer(tag: string): string {
    customers += 1;
    const customer = `+1312${2_000_000 + customers}`;
    this.ledger.tags.set(customer, tag);
    return customer;
  }

  conversationOf(customer: string, { inboxId, number }: Line = SUPPORT): string {
    return conversationId('demo', inboxId, number, [customer]);
  }

  /** Resolves when the webhook is answered 2xx. */
  async text(customer: string, { number }: Line = SUPPORT, words?: string, picture?: string): Promise<void> {
    const id = randomUUID();
    const text = words ?? `text ${id}`;
    const media = picture === undefined ? [] : [{ url: picture, contentType: 'image/png' }];
    await eventually(
      `the webhook of "${text}" to be accepted`,
      async () => (await send(this.hooksUrl, simulatorText(customer, number, text, id, media))).ok,
      PATIENCE_MS,
    );
    const tag = this.ledger.tags.get(customer) ?? '';
    if (words === undefined) this.ledger.texts.push({ tag, customer, text });
  }

  visible(person: Person, id: string): Promise<ConversationView> {
    return this.until(person, id, () => true);
  }

  until(
    person: Person,
    id: string,
    holds: (conversation: ConversationView) => boolean,
  ): Promise<ConversationView> {
    return eventually(
      `the conversation ${id}`,
      async () => {
        const { status, body } = await person.request<ConversationView>('GET', `/conversations/${id}`);
        return status === 200 && holds(body) && body;
      },
      PATIENCE_MS,
    );
  }

  /** A request that is sent again until its answer is certain. */
  insist<T>(
    person: Person,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T }> {
    return eventually(
      `an answer to ${method} ${path}`,
      async () => {
        const answer = await person.request<T>(method, path, body, headers);
        return !UNCERTAIN.has(answer.status) && answer;
      },
      PATIENCE_MS,
    );
  }

  async command(
    person: Person,
    id: string,
    name: string,
    body: { readonly expectedEpoch?: number; readonly text?: string; readonly [field: string]: unknown } = {},
  ): Promise<AnsweredCommand> {
    const key = randomUUID();
    const { status, body: said } = await this.insist<{
      code?: string;
      seq?: number;
      conversation?: { epoch: number; owner: { id: string } | null; peers: string[] };
    }>(person, 'POST', `/conversations/${id}/${name}`, body, { 'idempotency-key': key });
    const answered: AnsweredCommand = {
      tag: this.tagOf(said.conversation?.peers),
      conversationId: id,
      person: person.id,
      name,
      key,
      expectedEpoch: body.expectedEpoch,
      text: body.text,
      status,
      code: said.code,
      seq: status === 200 ? said.seq : undefined,
      epoch: status === 200 ? said.conversation?.epoch : undefined,
      owner: status === 200 ? said.conversation?.owner?.id : undefined,
    };
    this.ledger.commands.push(answered);
    return answered;
  }

  reply(
    person: Person,
    id: string,
    expectedEpoch?: number,
    media: readonly string[] = [],
  ): Promise<AnsweredCommand> {
    const clientMessageId = randomUUID();
    return this.command(person, id, 'reply', {
      clientMessageId,
      text: `reply ${clientMessageId}`,
      media,
      ...(expectedEpoch === undefined ? { claim: true } : { expectedEpoch }),
    });
  }

  /** All of them want it at once. */
  race(id: string): Promise<AnsweredCommand[]> {
    const { ben, cleo, dev } = this.staff;
    return Promise.all([ben, cleo, dev].map((person) => this.command(person, id, 'assign')));
  }

  async textArrives(tag: string): Promise<void> {
    await this.text(this.newCustomer(tag));
  }

  async isAnswered(tag: string): Promise<void> {
    await this.answers(this.newCustomer(tag));
  }

  async answers(customer: string): Promise<void> {
    await this.text(customer);
    const id = this.conversationOf(customer);
    await this.visible(this.staff.ben, id);
    await this.reply(this.staff.ben, id);
  }

  /** Gives the customer. */
  async sendsPicture(tag: string, picture: Buffer): Promise<string> {
    const customer = this.newCustomer(tag);
    await this.text(customer);
    const id = this.conversationOf(customer);
    const { ben } = this.staff;
    await this.visible(ben, id);
    const file = await eventually(
      'a picture to be taken',
      () => ben.attach(id, 'image/png', picture).catch(() => undefined),
      PATIENCE_MS,
    );
    await this.reply(ben, id, undefined, [file]);
    return customer;
  }

  /** Raced for, answered, transferred, returned, taken again, done, reopened by the customer. */
  async wholeLife(tag: string): Promise<void> {
    const customer = this.newCustomer(tag);
    await this.text(customer);
    const id = this.conversationOf(customer);
    await this.visible(this.staff.ben, id);
    const won = (await this.race(id)).find(({ status }) => status === 200);
    const owner = Object.values(this.staff).find(({ id: one }) => one === won?.person) as Person | undefined;
    if (!won || !owner) return;
    const colleague = owner === this.staff.ben ? this.staff.cleo : this.staff.ben;
    await this.reply(owner, id, won.epoch);
    const passed = await this.command(owner, id, 'transfer', {
      userId: colleague.id,
      expectedEpoch: won.epoch ?? 0,
    });
    await this.command(colleague, id, 'return', { expectedEpoch: passed.epoch ?? 0 });
    const taken = await this.command(colleague, id, 'assign');
    // What belonged to the first time must not end the second.
    await this.command(colleague, id, 'return', { expectedEpoch: passed.epoch ?? 0 });
    await this.insist(colleague, 'POST', `/conversations/${id}/read`, { seq: taken.seq ?? 1 });
    await this.command(colleague, id, 'done', {
      expectedEpoch: taken.epoch ?? 0,
      seenSeq: taken.seq ?? 0,
    });
    await this.text(customer);
  }

  /** STOP: nobody may text them any more, whatever dies. */
  async saysStop(tag: string): Promise<void> {
    const customer = this.newCustomer(tag);
    await this.text(customer);
    const id = this.conversationOf(customer);
    await this.visible(this.staff.ben, id);
    await this.text(customer, SUPPORT, 'STOP');
    await this.until(this.staff.ben, id, ({ optedOut }) => optedOut);
    await this.reply(this.staff.ben, id);
  }

  /** Asked by the menu, chooses Sales. */
  async choosesFromMenu(tag: string): Promise<void> {
    const customer = this.newCustomer(tag);
    await this.text(customer, MENU);
    await this.visible(this.staff.ada, this.conversationOf(customer, MENU));
    await this.text(customer, MENU, '1');
    await this.until(this.staff.ada, this.conversationOf(customer, MENU), ({ status }) => status === 'done');
  }

  private tagOf(peers: readonly string[] | undefined): string {
    return this.ledger.tags.get(peers?.[0] ?? '') ?? '';
  }
}
