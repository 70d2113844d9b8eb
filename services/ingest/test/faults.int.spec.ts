import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InboundMessageReceived, problemSchema } from '@partyline/contracts';
import { eventually, mongoUrl } from '@partyline/testing';
import { aText } from './support/carrier.js';
import { MongoLine } from './support/mongo-line.js';
import { World } from './support/world.js';

const PATIENT = { timeoutMs: 30_000 };
let line: MongoLine;
let world: World;

beforeAll(async () => {
  line = await MongoLine.to(mongoUrl());
  world = await World.start({ MONGODB_URL: line.url });
}, 60_000);

afterAll(async () => {
  await world?.stop();
  await line?.cut();
}, 60_000);

const publishedTexts = async () =>
  (await world.neighbours.published()).map(
    ({ envelope }) => InboundMessageReceived.parse(envelope).data.text,
  );
const stored = (id: string) => world.receipts({ providerMessageId: id });

describe('while MongoDB', () => {
  it('is away, webhooks are asked to come again, and are taken when it is back', async () => {
    const text = aText({ text: 'database away' });
    await line.cut();
    const response = await world.carrier.text(text);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(problemSchema.parse(await response.json())).toMatchObject({ code: 'UNAVAILABLE' });
    expect((await fetch(`${world.service.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${world.service.url}/health/live`)).status).toBe(200);

    await line.open();
    await eventually(async () => expect((await world.carrier.text(text)).status).toBe(204), PATIENT);
    expect(await stored(text.id)).toHaveLength(1);
    await eventually(async () => expect(await publishedTexts()).toEqual(['database away']), PATIENT);
  }, 60_000);

  it('says nothing, nobody waits longer than some seconds, and nothing is told to be safe', async () => {
    const text = aText({ text: 'database silent' });
    expect((await world.carrier.text(aText({ text: 'before' }))).status).toBe(204);
    line.goSilent(true);
    const started = performance.now();
    const response = await world.carrier.text(text);
    expect(response.status).toBe(503);
    expect(performance.now() - started).toBeLessThan(9_000);
    line.goSilent(false);
    await eventually(async () => expect((await world.carrier.text(text)).status).toBe(204), PATIENT);
    expect(await stored(text.id)).toHaveLength(1);
    await eventually(async () => expect(await publishedTexts()).toContain('database silent'), PATIENT);
  }, 60_000);
});

describe('while the bus', () => {
  it('is away, webhooks are taken, and published when it is back', async () => {
    await world.nats.kill();
    const text = aText({ text: 'bus away' });
    expect((await world.carrier.text(text)).status).toBe(204);
    expect(await stored(text.id)).toMatchObject([{ state: 'open' }]);
    await world.nats.start();
    await eventually(async () => expect(await publishedTexts()).toContain('bus away'), PATIENT);
  }, 60_000);

  it('loses the stream, what no conversation has confirmed is published again, and what one has is not', async () => {
    const [landed, open] = [aText({ text: 'landed' }), aText({ text: 'open' })];
    for (const text of [landed, open]) await world.carrier.text(text);
    const events = await eventually(async () => {
      const found = (await world.neighbours.published()).map(
        ({ envelope }) => InboundMessageReceived.parse(envelope).data,
      );
      expect(found.map(({ text }) => text)).toEqual(expect.arrayContaining(['landed', 'open']));
      return found;
    });
    for (const message of events.filter(({ text }) => text === 'landed'))
      await world.neighbours.land(message);
    await eventually(
      async () => expect(await stored(landed.id)).toMatchObject([{ state: 'landed' }]),
      PATIENT,
    );

    await world.neighbours.deleteStream();
    await eventually(async () => expect(await publishedTexts()).toContain('open'), PATIENT);
    expect(await publishedTexts()).not.toContain('landed');
  }, 60_000);

  it('loses everything that it stored, nothing is lost', async () => {
    const text = aText({ text: 'storage lost' });
    await world.carrier.text(text);
    await eventually(async () => expect(await publishedTexts()).toContain('storage lost'));
    await world.nats.restartEmpty();
    await eventually(async () => expect(await publishedTexts()).toContain('storage lost'), PATIENT);
  }, 60_000);
});

describe('after a restart', () => {
  it('what is open is published again soon', async () => {
    const text = aText({ text: 'crashed before publishing' });
    await world.carrier.text(text);
    await eventually(async () => expect(await publishedTexts()).toContain(text.text));
    const times = async () => (await publishedTexts()).filter((one) => one === text.text).length;
    await world.restart();
    await eventually(async () => expect(await times()).toBe(2), PATIENT);
    expect(await stored(text.id)).toMatchObject([{ attempts: 2 }]);
  }, 60_000);
});
