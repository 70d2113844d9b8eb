import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangeContact, ListContacts, Search } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { migrations, TEXTS_BY_WORD } from '../src/adapters/mongo/indexes.js';
import { Company, OUR_NUMBER } from './support/company.js';
import { startWorld, type World } from './support/inbox-service.js';

let world: World;
let company: Company;
beforeAll(async () => {
  world = await startWorld();
  company = await Company.found(world.bus);
}, 60_000);
afterAll(() => world.stop());

const land = async (from: string, text: string, route = {}) => {
  await world.bus.land([world.bus.routed(company.tenantId, { from, to: OUR_NUMBER, text }, route)]);
};
const search = (who: string, q: string, limit = 20) => company.get(who, Search, { q, limit });
const idsOf = async (who: string, q: string) =>
  (await search(who, q)).items.map(({ conversation }) => conversation.id);

describe('search', () => {
  it('finds whole words in any order, the beginning of the last one, and says where they are', async () => {
    const from = company.customer();
    await land(from, 'Where are my Crème-coloured shoes? Order 4711');
    const id = company.conversationWith(from);
    await eventually(async () => (await idsOf('ben', 'creme shoes')).length === 1);
    for (const q of ['shoes CREME', 'order 47', 'my sho', '4711 '])
      expect(await idsOf('ben', q)).toEqual([id]);
    for (const q of ['sho ', 'hoes', 'shoes blue', '.*', '"']) expect(await idsOf('ben', q)).toEqual([]);
    const [hit] = (await search('ben', 'coloured sho')).items;
    const marked = hit?.highlights?.map(([start, end]) => hit.snippet?.slice(start, end));
    expect(marked).toEqual(['coloured', 'shoes']);
  });

  it('a conversation is found once, by its newest text; newer ones come first', async () => {
    const [first, second] = [company.customer(), company.customer()];
    await land(first, 'the walrus one');
    await eventually(async () => (await idsOf('ben', 'walrus')).length === 1);
    await land(second, 'the walrus two');
    await eventually(async () => (await idsOf('ben', 'walrus')).length === 2);
    await land(first, 'the walrus three');
    await eventually(async () => {
      const { items } = await search('ben', 'walrus');
      expect(items.map(({ snippet }) => snippet)).toEqual(['the walrus three', 'the walrus two']);
    });
  });

  it('finds contacts by the beginning of a name and by parts of a number', async () => {
    const from = company.customer();
    await land(from, 'hi');
    const contact = await eventually(
      async () => (await company.get('ben', ListContacts, { number: from, limit: 1 })).items[0] ?? false,
    );
    await company.command('ben', ChangeContact, {
      contactId: contact.id,
      expectedRevision: 0,
      name: 'Zacharias Quimby',
    });
    for (const q of ['quim', 'zach qui', from, from.slice(-10), from.slice(-7), from.slice(-4)]) {
      const { contacts = [], items } = await search('ben', q);
      expect(contacts.map(({ id }) => id)).toContain(contact.id);
      expect(items.map(({ conversation }) => conversation.id)).toContain(company.conversationWith(from));
    }
  });

  it('nobody finds what is in inboxes that are not theirs, nor in another company', async () => {
    const from = company.customer();
    await land(from, 'the secret pangolin', { inboxId: 'sales' });
    await eventually(async () => (await idsOf('ada', 'pangolin')).length === 1);
    expect(await search('cleo', 'pangolin')).toEqual({ contacts: [], items: [], complete: true });
    expect((await search('cleo', from)).contacts).toEqual([]);
    const other = await Company.found(world.bus);
    expect((await other.get('ada', Search, { q: 'pangolin', limit: 20 })).items).toEqual([]);
  });

  it('frequent words do not hide rare ones, and both are read from the index', async () => {
    const { tenantId } = company;
    const at = new Date().toISOString();
    const from = company.customer();
    await land(from, 'common needleword');
    await eventually(async () => (await idsOf('ben', 'needleword')).length === 1);
    const [seed] = await world.database.timeline.find({ tenantId, tokens: 'needleword' }).toArray();
    if (!seed) throw new Error('The text has to stand in the log');
    const { _id: _, messageId: _m, ...rest } = seed;
    await world.database.timeline.insertMany(
      Array.from({ length: 6_000 }, (__, i) => ({
        ...rest,
        conversationId: newId('cv'),
        seq: i + 1,
        at,
        text: 'common',
        tokens: ['common'],
      })) as never[],
    );
    expect(await idsOf('ben', 'common needleword ')).toEqual([company.conversationWith(from)]);
    const plan = await world.database.timeline
      .find({ tenantId, inboxId: { $in: ['sales', 'support'] }, tokens: 'common' })
      .sort({ at: -1 })
      .hint(TEXTS_BY_WORD)
      .limit(20)
      .explain('executionStats');
    const { executionStats } = plan as {
      executionStats: { totalDocsExamined: number; totalKeysExamined: number };
    };
    expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(21);
    expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(30);
    expect(JSON.stringify(plan)).not.toContain('"SORT"');
  });

  it('texts that were stored before words were are found after the migration', async () => {
    const from = company.customer();
    await land(from, 'an archived platypus');
    await eventually(async () => (await idsOf('ben', 'platypus')).length === 1);
    const { tenantId } = company;
    await world.database.timeline.updateMany({ tenantId, tokens: 'platypus' }, { $unset: { tokens: '' } });
    expect(await idsOf('ben', 'platypus')).toEqual([]);
    await migrations.find(({ id }) => id.endsWith('texts-by-word'))?.up(world.database.db);
    expect(await idsOf('ben', 'platypus')).toEqual([company.conversationWith(from)]);
  });
});
