import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { send, simulatorText, twilioText } from './support/carrier.js';
import { eventually } from './support/eventually.js';
import { Partyline } from './support/partyline.js';
import { Person } from './support/person.js';

const SUPPORT = 'department-support';
const SUPPORT_NUMBER = '+12125550101';

describe('the main job, from the signed webhook to the reopened conversation', () => {
  let partyline: Partyline;
  let ada: Person;
  let ben: Person;

  beforeAll(async () => {
    partyline = await Partyline.start();
    ada = await Person.signIn(partyline.url, 'ada@example.com');
    ben = await Person.signIn(partyline.url, 'ben@example.com');
  }, 300_000);
  afterAll(() => partyline?.stop(), 60_000);

  const findFrom = (person: Person, inboxId: string, peer: string, owner: string, status = 'open') =>
    eventually(`a conversation with ${peer} in ${inboxId} (${owner}, ${status})`, async () =>
      (await person.section(inboxId, owner, status)).find(({ peers }) => peers.includes(peer)),
    );

  it('takes a text through one owner to another and back, and never loses its place', async () => {
    const customer = '+12125557001';
    const hook = await send(partyline.hooksUrl, twilioText(customer, SUPPORT_NUMBER, 'Is my order in?'));
    expect(hook.status).toBe(200);

    const waiting = await findFrom(ben, SUPPORT, customer, 'unassigned');
    expect(waiting).toMatchObject({
      unread: 1,
      owner: null,
      preview: { text: 'Is my order in?', from: 'contact' },
    });

    const claimed = await ben.command(waiting.id, 'assign');
    expect(claimed).toMatchObject({
      status: 200,
      body: { conversation: { owner: { id: 'ben' }, epoch: waiting.epoch + 1 } },
    });

    const text = `Yes, it is here. ${randomUUID()}`;
    const reply = await ben.command(waiting.id, 'reply', {
      clientMessageId: randomUUID(),
      text,
      expectedEpoch: claimed.body.conversation.epoch,
    });
    expect(reply.status).toBe(200);
    await eventually('the reply to be delivered at the carrier', async () =>
      (await ben.timeline(waiting.id)).find(
        (item) => item.type === 'message.status' && item.data.status === 'delivered',
      ),
    );
    const phone = await fetch(
      `${partyline.url}/simulator/api/threads/${encodeURIComponent(SUPPORT_NUMBER)}?phone=${encodeURIComponent(customer)}`,
    );
    expect(await phone.text()).toContain(text);

    const epoch = async () => (await ben.conversation(waiting.id)).epoch;
    const transferred = await ben.command(waiting.id, 'transfer', {
      userId: 'ada',
      expectedEpoch: await epoch(),
    });
    expect(transferred.body.conversation.owner?.id).toBe('ada');
    expect((await ada.section(SUPPORT, 'me')).map(({ id }) => id)).toContain(waiting.id);

    const returned = await ada.command(waiting.id, 'return', { expectedEpoch: await epoch() });
    expect(returned.body.conversation.owner).toBeNull();
    const again = await ben.command(waiting.id, 'assign');
    const done = await ben.command(waiting.id, 'done', {
      expectedEpoch: again.body.conversation.epoch,
      seenSeq: again.body.seq,
    });
    expect(done.body.conversation).toMatchObject({ status: 'done', owner: null });
    await findFrom(ada, SUPPORT, customer, 'any', 'done');

    await send(partyline.hooksUrl, simulatorText(customer, SUPPORT_NUMBER, 'One more thing'));
    const reopened = await findFrom(ada, SUPPORT, customer, 'unassigned');
    expect(reopened).toMatchObject({ id: waiting.id, owner: null, status: 'open', unread: 1 });
  }, 120_000);

  it('asks the welcome menu, hears the choice and routes by it', async () => {
    const customer = '+12125557002';
    await send(partyline.hooksUrl, simulatorText(customer, '+12125550103', 'hi'));
    const asked = await findFrom(ada, 'welcome_menu-main', customer, 'unassigned');
    await eventually('the options to be sent', async () =>
      (await ada.timeline(asked.id)).find(
        (item) => item.type === 'message.queued' && item.data.text.includes('1 for Sales'),
      ),
    );
    await send(partyline.hooksUrl, simulatorText(customer, '+12125550103', '1'));
    await findFrom(ada, 'ring_group-sales', customer, 'unassigned');
    await findFrom(ada, 'welcome_menu-main', customer, 'any', 'done');
  });

  it('gives the texts of a ring group that forwards to a member to that member alone', async () => {
    const customer = '+12125557003';
    await send(partyline.hooksUrl, simulatorText(customer, '+12125550104', 'Cleo?'));
    const cleo = await Person.signIn(partyline.url, 'cleo@example.com');
    const direct = await findFrom(cleo, 'member-cleo', customer, 'me');
    expect(direct.owner?.id).toBe('cleo');
    expect((await ben.request('GET', `/conversations/${direct.id}`)).status).toBe(404);
  });

  it('puts a text to a number without a route into Unrouted, where Admins see why', async () => {
    const customer = '+12125557004';
    await send(partyline.hooksUrl, simulatorText(customer, '+12125559999', 'anybody?'));
    const lost = await findFrom(ada, 'unrouted', customer, 'unassigned');
    const received = (await ada.timeline(lost.id)).find((item) => item.type === 'message.received');
    expect(JSON.stringify(received)).toContain('+12125559999');
    expect((await ben.request('GET', `/conversations/${lost.id}`)).status).toBe(404);
  });

  it.each([
    ['a 1,600-character text', 'x'.repeat(1600)],
    ['emoji', 'Thanks 🙏👩‍👩‍👧‍👦!'],
    ['right-to-left text', 'مرحبا، هل وصل طلبي؟'],
    ['spaces at the edges', '  two spaces each side  '],
  ])('keeps %s as it was written', async (_name, text) => {
    const customer = `+1212556${String(1000 + text.length)}`;
    await send(partyline.hooksUrl, twilioText(customer, SUPPORT_NUMBER, text));
    const { id } = await findFrom(ben, SUPPORT, customer, 'unassigned');
    const item = (await ben.timeline(id)).find(({ type }) => type === 'message.received');
    expect(item?.data).toMatchObject({ text });
  });
});
