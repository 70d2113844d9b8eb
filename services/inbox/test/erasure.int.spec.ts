import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AddNote,
  ChangeContact,
  ClaimConversation,
  EraseContact,
  GetContact,
  GetTimeline,
  ListContacts,
  MergeContacts,
  ReplyToConversation,
  Search,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
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
}, 60_000);
afterAll(() => world.stop());

const WORDS = 'Zwetschgendatschi';

const text = (from: string, words: string, picture = `https://carrier.example/${WORDS}.png`) =>
  world.bus.land([
    world.bus.routed(company.tenantId, {
      from,
      to: OUR_NUMBER,
      text: words,
      media: [{ id: newId('md'), url: picture, contentType: 'image/png' }],
    }),
  ]);
const contactOf = (number: string) =>
  eventually(async () => (await company.get('ada', ListContacts, { number, limit: 1 })).items[0] ?? false);

/** Somebody who wrote, was answered, and about whom a note was written, with a name and a merged contact. */
async function somebody() {
  const [from, second] = [company.customer(), company.customer()];
  await text(from, `I like ${WORDS}`);
  await text(second, `${WORDS} again`);
  const contact = await contactOf(from);
  await company.get('ben', ChangeContact, {
    contactId: contact.id,
    commandId: newId('c'),
    expectedRevision: contact.revision,
    name: `Maria ${WORDS}`,
    notes: `Bakes ${WORDS}`,
  });
  const other = await contactOf(second);
  await company.get('ben', ChangeContact, {
    contactId: other.id,
    commandId: newId('c'),
    expectedRevision: other.revision,
    name: `M. ${WORDS}`,
  });
  const merged = await company.get('ben', MergeContacts, {
    contactId: contact.id,
    commandId: newId('c'),
    otherId: other.id,
    expectedRevision: contact.revision + 1,
  });
  const conversationId = company.conversationWith(from);
  await company.get('ben', ClaimConversation, { conversationId, commandId: newId('c') });
  await company.get('ben', ReplyToConversation, {
    conversationId,
    commandId: newId('c'),
    clientMessageId: newId('cm'),
    text: `So do I: ${WORDS}`,
    media: [],
    claim: false,
    expectedEpoch: 2,
  });
  await company.get('ben', AddNote, { conversationId, commandId: newId('c'), text: `Loves ${WORDS}` });
  return { from, second, contact: merged, conversationId };
}
const erase = (who: string, contact: { id: string; revision: number }, confirm: string) =>
  company.command(who, EraseContact, {
    contactId: contact.id,
    expectedRevision: contact.revision,
    confirm,
  });
const finished = (contactId: string) =>
  eventually(async () => (await company.get('ada', GetContact, { contactId })).erasure?.finished === true, {
    timeoutMs: 20_000,
  });

/** How often the words stand anywhere in what the service's database holds of the tenant. */
async function mentions(): Promise<number> {
  const { db } = world.database;
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  const all = await Promise.all(
    names.map((name) => db.collection(name).find({ tenantId: company.tenantId }).toArray()),
  );
  return JSON.stringify(all).split(WORDS).length - 1;
}

describe('erasing a contact', () => {
  it('leaves nothing of what they wrote, and a log that still tells who did what, everywhere', async () => {
    const asked = world.bus.answerErasures();
    const { from, second, contact, conversationId } = await somebody();
    const before = await world.database.timeline.find({ conversationId }).sort({ seq: 1 }).toArray();
    expect(await mentions()).toBeGreaterThan(9);
    expect(await erase('ada', contact, from)).toMatchObject({ ok: true });
    await finished(contact.id);
    expect(await mentions()).toBe(0);

    const after = await world.database.timeline.find({ conversationId }).sort({ seq: 1 }).toArray();
    const shape = ({ seq, at, events }: (typeof after)[number]) => [seq, at, events.map(({ type }) => type)];
    expect(after.slice(0, before.length).map(shape)).toEqual(before.map(shape));
    expect(after.at(-1)?.events).toEqual([
      { type: 'conversation.erased', data: { peers: [from], contactName: null } },
    ]);
    const folded = fold(after.map(entryOf), NONE);
    const view = await company.view('ada', conversationId);
    expect(folded).toMatchObject({ contactName: null, preview: null, epoch: view.epoch, seq: view.seq });
    expect(view).toMatchObject({ contactName: null, preview: null, owner: { id: 'ben' } });

    expect(asked.receipts).toEqual(
      expect.arrayContaining(
        before.flatMap(({ events }) =>
          events.flatMap((event) => (event.type === 'message.received' ? [event.data.messageId] : [])),
        ),
      ),
    );
    expect(asked.attempts).toHaveLength(1);
    expect([...asked.conversations].sort()).toEqual(
      [conversationId, company.conversationWith(second)].sort(),
    );
    const shown = await company.get('ada', GetContact, { contactId: contact.id });
    expect(shown).toMatchObject({
      name: null,
      notes: '',
      numbers: expect.arrayContaining([from, second]),
      merged: [{ name: null }],
      erasure: { by: { id: 'ada' }, finished: true },
    });
    const found = await company.get('ada', Search, { q: WORDS, limit: 10 });
    expect(JSON.stringify(found)).not.toContain(conversationId);
  }, 60_000);

  it('a text that comes afterwards is not erased with what was', async () => {
    world.bus.answerErasures();
    const { from, contact, conversationId } = await somebody();
    await erase('ada', contact, from);
    await text(from, 'it is me again', 'https://carrier.example/new.png');
    await finished(contact.id);
    const page = await company.get('ada', GetTimeline, { conversationId, limit: 50 });
    expect(JSON.stringify(page.items)).toContain('it is me again');
  }, 60_000);

  it('goes on until the other services have erased it, too, also after a restart', async () => {
    const asked = world.bus.answerErasures({ refuse: true });
    const { from, contact } = await somebody();
    await erase('ada', contact, from);
    await eventually(() => asked.refused > 0);
    expect((await company.get('ada', GetContact, { contactId: contact.id })).erasure).toMatchObject({
      finished: false,
    });
    world.bus.answerErasures();
    await world.restart();
    await finished(contact.id);
    expect(await mentions()).toBe(0);
  }, 60_000);

  it('is for those who may manage people, and needs one of the numbers said again', async () => {
    const from = company.customer();
    await text(from, 'hello');
    const contact = await contactOf(from);
    expect(await erase('ben', contact, from)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
    expect(await erase('ada', contact, '+13105559999')).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION' },
    });
    expect(await erase('ada', { ...contact, revision: 99 }, from)).toMatchObject({
      ok: false,
      error: { code: 'STALE' },
    });
    expect(await erase('ada', { id: 'ct_nobody', revision: 0 }, from)).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });
});
