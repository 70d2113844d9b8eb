import type { ConversationView } from '@partyline/contracts';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Violation } from './checker.js';
import { eventually } from './eventually.js';
import { MENU, PATIENCE_MS, SALES, UNCERTAIN } from './office.js';
import { PICTURE } from './recording-carrier.js';
import { Visitor } from './visitor.js';
import type { World } from './world.js';

/** Between the first tries of a webhook are 5 s, 30 s and 2 minutes, and a death in one of them adds its lease, a minute. */
const SOME_TRIES_MS = 420_000;

interface Contact {
  readonly id: string;
  readonly revision: number;
}
interface BulkAnswer {
  readonly results: readonly {
    readonly conversationId: string;
    readonly ok: boolean;
    readonly problem?: { readonly status: number };
  }[];
}

/** What Admins and other systems do beside conversations; each looks in the end whether it came to what it should. */
export class BackOffice {
  /** What was not as it should be. */
  readonly found: Violation[] = [];
  private openedAt = '';
  private zoe = '';

  constructor(private readonly world: World) {}

  /** Zoe is hired. Two other systems want to hear of what happens; at one of them, nothing arrives at the first try. */
  async open(): Promise<void> {
    this.zoe = await this.hireZoe();
    await this.wantWebhooks('good', ['message.received']);
    await this.wantWebhooks('failing', ['conversation.transferred']);
    await this.wantWebhooks('monitoring', ['number.quiet', 'account.failing']);
    this.openedAt = new Date().toISOString();
  }

  /** A third one wants nothing any more: it is turned off, and the Admin hears of it once. */
  async losesEndpoint(tag: string): Promise<void> {
    const { office, databases } = this.world;
    const customer = office.newCustomer(tag);
    const id = await this.wantWebhooks('gone', ['conversation.done'], customer);
    await office.text(customer);
    const conversation = await office.visible(office.staff.ben, office.conversationOf(customer));
    const taken = await office.command(office.staff.ben, conversation.id, 'assign');
    const seen = { expectedEpoch: taken.epoch ?? 0, seenSeq: taken.seq ?? 0 };
    await office.command(office.staff.ben, conversation.id, 'done', seen);
    const notify = databases.of('notify');
    await eventually(
      'the endpoint to be turned off',
      async () => (await notify.collection('webhookEndpoints').findOne({ id }))?.['active'] === false,
      PATIENCE_MS,
    );
    const about = { $regex: customer.slice(1) };
    // The customer's text is news to her, too.
    const heard = { userId: 'ada', kind: 'webhook_disabled', title: about };
    const count = async () => ({
      told: await notify.collection('notifications').countDocuments(heard),
      off: await notify.collection('webhookEndpoints').countDocuments({ active: false, description: about }),
    });
    // It is told of before it is off, and told of again where somebody died in between.
    let last = await count();
    await eventually(
      'the Admin to have heard of each once',
      async () => {
        last = await count();
        return last.told === last.off;
      },
      SOME_TRIES_MS,
    ).catch(() =>
      this.fault(
        tag,
        'told wrongly',
        `ada heard ${last.told} times that ${last.off} endpoints were turned off`,
      ),
    );
  }

  /** What should have been sent to other systems and was not. */
  async unsentWebhooks(): Promise<Violation[]> {
    const unsent = async (): Promise<string[]> => {
      const log = await this.world.databases.log();
      return log.flatMap(({ at, events, conversationId, seq }) =>
        events.flatMap(({ type }) => {
          if (at < this.openedAt) return [];
          const path = { 'message.received': 'good', 'conversation.transferred': 'failing' }[type];
          const told = `/webhooks/${path} ${conversationId}:${seq}`;
          return path && !this.world.carrier.webhooks.has(told) ? [told] : [];
        }),
      );
    };
    await eventually('all webhooks', async () => (await unsent()).length === 0, PATIENCE_MS).catch(
      () => undefined,
    );
    return (await unsent()).map((what) => ({ tag: '', kind: 'webhook unsent', what }));
  }

  async namesContact(tag: string): Promise<void> {
    const { office } = this.world;
    const { ben } = office.staff;
    const customer = office.newCustomer(tag);
    await office.text(customer);
    const id = office.conversationOf(customer);
    await office.visible(ben, id);
    const name = `Zoe ${randomBytes(4).toString('hex')}`;
    const contact = await eventually(
      'the contact',
      async () => {
        const path = `/contacts?number=${encodeURIComponent(customer)}`;
        return (await office.insist<{ items: Contact[] }>(ben, 'GET', path)).body.items[0];
      },
      PATIENCE_MS,
    );
    const change = { name, expectedRevision: contact.revision };
    const key = { 'idempotency-key': randomUUID() };
    const { status } = await office.insist(ben, 'PATCH', `/contacts/${contact.id}`, change, key);
    if (status !== 200) this.fault(tag, 'contact unchanged', `the change was answered ${status}`);
    await office.until(ben, id, ({ contactName }) => contactName === name);
  }

  /** A file of another system: the same again changes nothing. */
  async importsOptOuts(tag: string): Promise<void> {
    const { office } = this.world;
    const { ada, ben } = office.staff;
    const customers = [office.newCustomer(tag), office.newCustomer(tag)];
    for (const customer of customers) await office.text(customer);
    for (const customer of customers) await office.visible(ben, office.conversationOf(customer));
    const items = customers.map((peer) => ({ peer, state: 'opted_out' }));
    const { body } = await office.insist<{ ok: boolean }[]>(ada, 'POST', '/admin/opt-outs', {
      source: 'import',
      items,
    });
    if (!body.every(({ ok }) => ok)) this.fault(tag, 'opt-out refused', JSON.stringify(body));
    for (const customer of customers) {
      const id = office.conversationOf(customer);
      await office.until(ben, id, ({ optedOut }) => optedOut);
      await office.reply(ben, id);
    }
  }

  /** Several at once, sent again under the same key until there is an answer. */
  async takesMany(tag: string): Promise<void> {
    const { office } = this.world;
    const { ben } = office.staff;
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const customer = office.newCustomer(tag);
      await office.text(customer);
      ids.push((await office.visible(ben, office.conversationOf(customer))).id);
    }
    const items = ids.map((conversationId) => ({ conversationId }));
    const key = { 'idempotency-key': randomUUID() };
    const results = await eventually(
      'an answer about each of them',
      async () => {
        const wanted = { action: 'assign', items };
        const { body } = await office.insist<BulkAnswer>(ben, 'POST', '/conversations/bulk', wanted, key);
        return body.results.every(({ problem }) => !UNCERTAIN.has(problem?.status ?? 200)) && body.results;
      },
      PATIENCE_MS,
    );
    const refused = results.filter(({ ok }) => !ok);
    if (refused.length > 0) this.fault(tag, 'refused', JSON.stringify(refused));
    for (const id of ids) await office.until(ben, id, ({ owner }) => owner?.id === 'ben');
  }

  /** The inbox gives away what waits; each has one owner, whatever dies. In one that has nothing of the demo's own past. */
  async assignsByRule(tag: string): Promise<void> {
    const { office } = this.world;
    const { ada } = office.staff;
    const policy = (autoAssign: object | null) =>
      office.insist(ada, 'PATCH', `/admin/inboxes/${MENU.inboxId}`, { autoAssign });
    await policy({ rule: 'round_robin', limit: 99 });
    const customer = office.newCustomer(tag);
    await office.text(customer, MENU);
    const hasOwner = ({ owner }: ConversationView): boolean => owner !== null;
    await office.until(ada, office.conversationOf(customer, MENU), hasOwner);
    await policy(null);
  }

  /** Handed in and never sent: a day later (here: at once) nothing is left of it. */
  async forgetsFile(tag: string): Promise<void> {
    const { office, databases } = this.world;
    const { ben } = office.staff;
    const customer = office.newCustomer(tag);
    await office.text(customer);
    const { id } = await office.visible(ben, office.conversationOf(customer));
    const _id = await eventually(
      'a file to be taken',
      () => ben.attach(id, 'image/png', PICTURE).catch(() => undefined),
      PATIENCE_MS,
    );
    const media = databases.of('ingest').collection<{ _id: string }>('media');
    await media.updateOne({ _id }, { $set: { expiresAt: new Date(0) } });
    await eventually('the file to be forgotten', async () => !(await media.findOne({ _id })), PATIENCE_MS);
  }

  async changesInbox(): Promise<void> {
    const alertAfterMinutes = 1 + Math.floor(Math.random() * 10_000);
    await this.patch(`/admin/inboxes/${SALES.inboxId}`, { alertAfterMinutes });
  }

  async changesUser(): Promise<void> {
    await this.patch(`/admin/users/${this.zoe}`, { name: `Zoe ${randomBytes(4).toString('hex')}` });
  }

  /**
   * Asked once and never again: what was begun has to be whole. Others change users meanwhile, and the death may be
   * theirs, before this change began.
   */
  async changesPassword(tag: string): Promise<void> {
    const { office, partyline } = this.world;
    const visitor = new Visitor(partyline.url);
    await visitor.signIn('zoe@example.com', 'the-first-password');
    const change = { password: 'the-second-password' };
    await office.staff.ada.request('PATCH', `/admin/users/${this.zoe}`, change).catch(() => undefined);
    const status = await visitor.refresh();
    const isChanged = await new Visitor(partyline.url).isLetIn('zoe@example.com', change.password);
    if (!isChanged || status === 401) return;
    this.fault(
      tag,
      'session survived',
      `a session from before the change of the password was answered ${status}`,
    );
  }

  private async patch(path: string, change: object): Promise<void> {
    const { office } = this.world;
    await office.insist(office.staff.ada, 'PATCH', path, change);
  }

  private async hireZoe(): Promise<string> {
    const user = { email: 'zoe@example.com', name: 'Zoe', roleId: 'member', password: 'the-first-password' };
    const { office } = this.world;
    const hired = await office.insist<{ id: string }>(office.staff.ada, 'POST', '/admin/users', user);
    return hired.body.id;
  }

  private async wantWebhooks(path: string, events: readonly string[], about = ''): Promise<string> {
    const { office, carrier } = this.world;
    const endpoint = { url: `${carrier.origin}/webhooks/${path}`, description: `${path} ${about}`, events };
    const { body } = await office.insist<{ webhook: { id: string } }>(
      office.staff.ada,
      'POST',
      '/admin/webhooks',
      endpoint,
      { 'idempotency-key': randomUUID() },
    );
    return body.webhook.id;
  }

  private fault(tag: string, kind: string, what: string): void {
    this.found.push({ tag, kind, what });
  }
}
