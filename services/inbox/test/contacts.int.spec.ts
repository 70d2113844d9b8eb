import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ChangeContact,
  CreateContact,
  GetContact,
  ListContactConversations,
  ListContacts,
  MergeContacts,
  SeparateContacts,
  StartConversation,
  type ContactDetail,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { mongo } from 'mongoose';
import { entryOf } from '../src/adapters/mongo/entry-document.js';
import { fold } from '../src/domain/apply.js';
import { NONE } from '../src/domain/conversation.js';
import { Company, OUR_NUMBER } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
  await world.bus.number(company.tenantId, '+12125550202', 'sales');
}, 60_000);
afterAll(() => world.stop());

/** The contact of a number, once a text has made it. */
const contactOf = (number: string, who = 'ada') =>
  eventually(async () => {
    const { items } = await company.get(who, ListContacts, { number, limit: 10 });
    return items[0] ?? false;
  });
const land = async (from: string, text = 'hello', to = OUR_NUMBER) => {
  await world.bus.land([
    world.bus.routed(company.tenantId, { from, to, text }, to === OUR_NUMBER ? {} : { inboxId: 'sales' }),
  ]);
};
const change = (who: string, contact: { id: string; revision: number }, changes: object) =>
  company.command(who, ChangeContact, {
    contactId: contact.id,
    expectedRevision: contact.revision,
    ...changes,
  });
const valueOf = (answer: { ok: boolean; value?: unknown }): ContactDetail => {
  expect(answer).toMatchObject({ ok: true });
  return answer.value as ContactDetail;
};
const codeOf = (answer: { ok: boolean; error?: { code: string } }) => answer.error?.code;

describe('contacts', () => {
  it('a name that a person writes down is shown in every conversation with the number, and told live', async () => {
    const from = company.customer();
    await land(from);
    await land(from, 'hello sales', '+12125550202');
    const contact = await contactOf(from);
    valueOf(await change('ben', contact, { name: 'Maria Santos', notes: 'Prefers mornings' }));
    const support = await company.view('ada', company.conversationWith(from));
    expect(support).toMatchObject({ contactName: 'Maria Santos', peers: [from], unread: 1 });
    const told = await eventually(() => {
      const named = world.bus.told.filter(({ type, data }) => {
        const { conversation } = data as { conversation?: { peers: string[] } };
        return type === 'contact.named' && conversation?.peers[0] === from;
      });
      return named.length === 2 && named;
    });
    expect(told.map(({ tenantId }) => tenantId)).toEqual([company.tenantId, company.tenantId]);
    const found = await company.get('cleo', ListContacts, { q: 'mar', limit: 10 });
    expect(found.items).toMatchObject([{ id: contact.id, name: 'Maria Santos', revision: 1 }]);
    // A conversation that begins later knows the name from its first entry on.
    const later = company.customer();
    valueOf(
      await change(
        'ben',
        { id: contact.id, revision: 1 },
        { numbers: [from, later.replace('+1', '(').replace(/^\((\d{3})/, '($1) ')] },
      ),
    );
    await land(later);
    await eventually(() => company.view('ada', company.conversationWith(later)));
    expect(await company.view('ada', company.conversationWith(later))).toMatchObject({
      contactName: 'Maria Santos',
    });
  });

  it('the log alone still says all of it, the name too', async () => {
    const from = company.customer();
    await land(from);
    valueOf(await change('ben', await contactOf(from), { name: 'Folded' }));
    const conversationId = company.conversationWith(from);
    const entries = await world.database.timeline
      .find({ tenantId: company.tenantId, conversationId })
      .sort({ seq: 1 })
      .toArray();
    expect(fold(entries.map(entryOf), NONE)).toMatchObject({ contactName: 'Folded', epoch: 1 });
  });

  it('of two who change a contact at once, one is told to look again', async () => {
    const from = company.customer();
    await land(from);
    const contact = await contactOf(from);
    const answers = await Promise.all([
      change('ben', contact, { name: 'One' }),
      change('cleo', contact, { name: 'Two' }),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.map(codeOf)).toContain('STALE');
    const { name } = await company.get('ada', GetContact, { contactId: contact.id });
    const shown = await company.view('ada', company.conversationWith(from));
    expect(shown.contactName).toBe(name);
  });

  it('the same request twice changes once and is answered alike', async () => {
    const commandId = newId('key');
    const request = { commandId, name: 'Twice', numbers: [company.customer()] };
    const [one, two] = [
      await company.get('ben', CreateContact, request),
      await company.get('ben', CreateContact, request),
    ];
    expect(two).toEqual(one);
    const { items } = await company.get('ben', ListContacts, { q: 'twice', limit: 10 });
    expect(items).toHaveLength(1);
  });

  it('a merge makes one contact of two, keeps the conversations what they are, and can be taken back', async () => {
    const [mine, work] = [company.customer(), company.customer()];
    await land(mine);
    await land(work);
    const joe = valueOf(await change('ben', await contactOf(mine), { name: 'Joe Tanaka' }));
    const boss = valueOf(
      await change('ben', await contactOf(work), { name: 'Boss of Acme', notes: 'Calls back' }),
    );
    const before = [company.conversationWith(mine), company.conversationWith(work)];
    const merged = valueOf(
      await company.command('ben', MergeContacts, {
        contactId: joe.id,
        otherId: boss.id,
        expectedRevision: joe.revision,
      }),
    );
    expect(merged).toMatchObject({
      id: joe.id,
      name: 'Joe Tanaka',
      notes: 'Calls back',
      numbers: [mine, work],
      merged: [{ id: boss.id, name: 'Boss of Acme', numbers: [work] }],
    });
    for (const id of before)
      expect(await company.view('ada', id)).toMatchObject({ id, contactName: 'Joe Tanaka' });
    const history = await company.get('ada', ListContactConversations, { contactId: boss.id, limit: 10 });
    expect(new Set(history.items.map(({ id }) => id))).toEqual(new Set(before));
    const apart = valueOf(
      await company.command('ada', SeparateContacts, {
        contactId: joe.id,
        otherId: boss.id,
        expectedRevision: merged.revision,
      }),
    );
    expect(apart).toMatchObject({ numbers: [mine], merged: [] });
    expect(await company.view('ada', before[1] ?? '')).toMatchObject({ contactName: 'Boss of Acme' });
    const again = await company.get('ada', GetContact, { contactId: boss.id });
    expect(again).toMatchObject({ numbers: [work], notes: 'Calls back' });
  });

  it('a number belongs to one contact: one that has a name keeps its own', async () => {
    const from = company.customer();
    const request = { name: 'First', numbers: [from] };
    await company.get('ben', CreateContact, { commandId: newId('key'), ...request });
    const second = await company.command('ben', CreateContact, { ...request, name: 'Second' });
    expect(codeOf(second)).toBe('IN_USE');
    await land(from);
    await eventually(() => company.view('ada', company.conversationWith(from)));
    expect(await company.view('ada', company.conversationWith(from))).toMatchObject({ contactName: 'First' });
    const { items } = await company.get('ada', ListContacts, { number: from, limit: 10 });
    expect(items).toHaveLength(1);
  });

  it('says from which of our numbers the customer forbade texts', async () => {
    const from = company.customer();
    await land(from);
    await land(from, 'STOP');
    const contact = await eventually(async () => {
      const found = await contactOf(from);
      return found.optOuts.length > 0 && found;
    });
    expect(contact.optOuts).toMatchObject([{ peer: from, number: OUR_NUMBER, keyword: 'STOP' }]);
    const refused = await company.command('ben', StartConversation, {
      inboxId: 'support',
      to: from,
      clientMessageId: newId('cl'),
      text: 'hi',
    });
    expect(codeOf(refused)).toBe('OPTED_OUT');
  });

  it('nobody sees contacts or history of inboxes that are not theirs, nor of another tenant', async () => {
    const from = company.customer();
    await land(from, 'for sales only', '+12125550202');
    const contact = await contactOf(from);
    await land(from);
    await eventually(() => company.view('ada', company.conversationWith(from)));
    // The contact is known in Support a moment after the text stands there.
    const history = await eventually(() =>
      company.get('cleo', ListContactConversations, { contactId: contact.id, limit: 10 }),
    );
    expect(history.items.map(({ inboxId }) => inboxId)).toEqual(['support']);
    const hidden = company.customer();
    await land(hidden, 'for sales only', '+12125550202');
    const theirs = await contactOf(hidden);
    const other = await Company.found(world.bus);
    for (const ask of [
      company.ask('cleo', GetContact, { contactId: theirs.id }),
      company.ask('cleo', ListContactConversations, { contactId: theirs.id, limit: 10 }),
      change('cleo', theirs, { name: 'x' }),
      other.ask('ada', GetContact, { contactId: theirs.id }),
      other.command('ada', ChangeContact, { contactId: theirs.id, expectedRevision: 0, name: 'x' }),
      other.command('ada', MergeContacts, { contactId: theirs.id, otherId: contact.id, expectedRevision: 0 }),
    ]) {
      expect(codeOf(await ask)).toBe('NOT_FOUND');
    }
    expect(codeOf(await change('olga', contact, { name: 'x' }))).toBe('FORBIDDEN');
  });

  it('a change that was left behind by a crash reaches the conversations later', async () => {
    const from = company.customer();
    await land(from);
    const contact = await contactOf(from);
    const { tenantId } = company;
    await world.database.contacts.updateOne({ tenantId, _id: contact.id }, { $set: { name: 'Left Behind' } });
    await world.database.contactLog.insertOne({
      _id: new mongo.ObjectId(),
      tenantId,
      contactId: contact.id,
      revision: 9,
      at: '2026-01-01T00:00:00.000Z',
      actor: { kind: 'user', id: 'ben' },
      correlationId: 'co_x',
      events: [],
      unspread: '2026-01-01T00:00:00.000Z',
      numbers: [from],
    });
    await eventually(
      async () => {
        const { contactName } = await company.view('ada', company.conversationWith(from));
        return contactName === 'Left Behind';
      },
      { timeoutMs: 15_000 },
    );
  }, 20_000);
});
