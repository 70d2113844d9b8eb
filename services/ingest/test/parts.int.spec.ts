import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateCarrierAccount, InboundMessageReceived, type InboundMessage } from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import type { JoinDocument, ReceiptDocument } from '../src/adapters/mongo/collections.js';
import { GAP } from '../src/domain/parts.js';
import { World } from './support/world.js';

const PATIENT = { timeoutMs: 30_000 };
let world: World;
let refs = 0;

beforeAll(async () => {
  world = await World.start({ PARTYLINE_PARTS_WAIT_MS: '3000' });
  const created = await world.neighbours.call(CreateCarrierAccount, {
    tenantId: 'demo',
    userId: 'ada',
    correlationId: 'co_1',
    account: {
      id: 'demo-vonage',
      carrier: 'vonage',
      name: 'Vonage',
      publicUrl: 'https://demo.example.com/hooks/vonage/demo-vonage',
      settings: { apiKey: 'abcd1234' },
      active: true,
      secrets: { apiSecret: 'secret', webhookSecret: 'hook-secret' },
    },
  });
  if (!created.ok) throw new Error(created.error.message);
}, 60_000);

afterAll(async () => {
  await world?.stop();
}, 60_000);

interface Part {
  readonly id: string;
  readonly ref: string;
  readonly number: number;
  readonly total: number;
  readonly text: string;
  readonly from: string;
}

/** A text as a phone cuts it, from a customer of its own. */
function cut(...texts: string[]): Part[] {
  refs += 1;
  const from = `1415555${String(1000 + refs)}`;
  return texts.map((text, index) => ({
    id: newId('vg'),
    ref: String(refs % 3),
    number: index + 1,
    total: texts.length,
    text,
    from,
  }));
}

async function post(...parts: (Part | undefined)[]): Promise<void> {
  for (const part of parts) {
    if (!part) throw new Error('there is no such part');
    const response = await fetch(`${world.service.url}/hooks/vonage/demo-vonage?token=hook-secret`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        msisdn: part.from,
        to: '12125550101',
        messageId: part.id,
        text: part.text,
        type: 'text',
        concat: 'true',
        'concat-ref': part.ref,
        'concat-total': String(part.total),
        'concat-part': String(part.number),
      }),
    });
    expect(response.status).toBe(200);
  }
}

/** Every text of this customer as the other services hear of it, each once however often it is published. */
async function heard([first]: readonly Part[]): Promise<InboundMessage[]> {
  const all = (await world.neighbours.published()).map(
    ({ envelope }) => InboundMessageReceived.parse(envelope).data,
  );
  return [
    ...new Map(
      all.filter((one) => one.from === `+${first?.from ?? ''}`).map((one) => [one.messageId, one]),
    ).values(),
  ];
}
const texts = async (parts: readonly Part[]): Promise<string[]> =>
  (await heard(parts)).map(({ text }) => text);
const statesOf = async (parts: readonly Part[]) =>
  (await world.receipts({ providerMessageId: { $in: parts.map(({ id }) => id) } })).map(({ state }) => state);
const joins = () => world.database.collection<JoinDocument>('joins');

describe('a text in parts', () => {
  it.each([
    ['in order', [0, 1, 2]],
    ['from the last to the first', [2, 1, 0]],
    ['mixed', [1, 2, 0]],
  ])(
    'that come %s is one text, whole, with every space',
    async (_what, order) => {
      const parts = cut(' first ', '', ' last ');
      await post(...order.map((index) => parts[index]));
      await eventually(async () => expect(await texts(parts)).toEqual([' first  last ']), PATIENT);
      const [message] = await heard(parts);
      expect(message).toMatchObject({ segments: 3, providerMessageId: parts[0]?.id });
      if (message) await world.neighbours.land(message);
      await eventually(
        async () => expect(await statesOf(parts)).toEqual(['landed', 'landed', 'landed']),
        PATIENT,
      );
      expect(await texts(parts)).toHaveLength(1);
    },
    60_000,
  );

  it('all at once and each of them three times is one text', async () => {
    const parts = cut('a', 'b', 'c', 'd');
    await Promise.all([...parts, ...parts, ...parts].map((part) => post(part)));
    await eventually(async () => expect(await texts(parts)).toEqual(['abcd']), PATIENT);
    expect(await statesOf(parts)).toHaveLength(4);
  }, 60_000);

  it('of which one never comes is shown after a while with its gap, and the late one by itself', async () => {
    const parts = cut('one ', 'two ', 'three');
    await post(parts[0], parts[2]);
    expect(await texts(parts)).toEqual([]);
    await eventually(async () => expect(await texts(parts)).toEqual([`one ${GAP}three`]), PATIENT);
    await post(parts[1]);
    await eventually(
      async () => expect(await texts(parts)).toEqual([`one ${GAP}three`, `${GAP}two ${GAP}`]),
      PATIENT,
    );
    expect(await joins().countDocuments({ receiptIds: { $size: 1 } })).toBe(1);
  }, 60_000);

  it('is not mixed with one of another customer, or a later one with the same reference', async () => {
    const [one, other] = [cut('1a', '1b'), cut('2a', '2b')];
    const again = cut('3a', '3b').map((part) => ({
      ...part,
      ref: one[0]?.ref ?? '',
      from: one[0]?.from ?? '',
    }));
    await post(one[0], other[1], other[0], one[1]);
    await eventually(async () => expect(await texts(one)).toEqual(['1a1b']), PATIENT);
    expect(await texts(other)).toEqual(['2a2b']);
    await post(again[1], again[0]);
    await eventually(async () => expect(await texts(one)).toEqual(['1a1b', '3a3b']), PATIENT);
  }, 60_000);
});

describe('after a crash', () => {
  it('right after the parts were stored, they are joined', async () => {
    const parts = cut('kept ', 'safe');
    await post(parts[0]);
    await world.restart();
    await post(parts[1]);
    await eventually(async () => expect(await texts(parts)).toEqual(['kept safe']), PATIENT);
  }, 60_000);

  it.each([
    ['before any part knew of it', []],
    ['when only the lead knew of it', ['lead']],
    ['when all knew of it, and it was not published', ['lead', 'followers']],
  ])(
    'right after it was decided that they are one text, %s, it lands once',
    async (_what, known) => {
      const parts = cut('decided ', 'once');
      await post(parts[0]);
      const receipts = world.database.collection<ReceiptDocument>('receipts');
      const [first] = await world.receipts({ providerMessageId: parts[0]?.id });
      await world.service.stop();
      if (!first?.part) throw new Error('the part is not stored as one');
      // What the second part's webhook left behind, up to where the process died.
      const second: ReceiptDocument = {
        ...first,
        _id: newId('rc'),
        providerMessageId: parts[1]?.id ?? '',
        event: { ...first.event, text: 'once' },
        part: { ...first.part, number: 2, state: known.includes('followers') ? 'follower' : 'waiting' },
      };
      await receipts.insertOne(second);
      await joins().insertOne({
        _id: first._id,
        tenantId: 'demo',
        key: first.part.key,
        receiptIds: [first._id, second._id],
        numbers: [1, 2],
        at: new Date(),
        applied: false,
        open: true,
      });
      if (known.includes('lead')) {
        const event = { ...first.event, text: 'decided once' } as InboundMessage;
        await receipts.updateOne(
          { _id: first._id },
          { $set: { event, 'part.state': 'lead', nextAttemptAt: new Date() } },
        );
      }
      await world.restart();
      await eventually(async () => expect(await texts(parts)).toEqual(['decided once']), PATIENT);
      const [message] = await heard(parts);
      if (message) await world.neighbours.land(message);
      await eventually(async () => expect(await statesOf(parts)).toEqual(['landed', 'landed']), PATIENT);
    },
    60_000,
  );
});
