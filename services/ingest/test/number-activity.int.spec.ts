import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListNumberActivity } from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import type { NumberDayDocument } from '../src/adapters/mongo/collections.js';
import { hourOf } from '../src/domain/quiet.js';
import { aText } from './support/carrier.js';
import { World } from './support/world.js';

const HOUR_MS = 3_600_000;
let world: World;

beforeAll(async () => {
  world = await World.start();
}, 60_000);
afterAll(async () => {
  await world?.stop();
}, 60_000);

const activity = async () => {
  const answer = await world.neighbours.call(ListNumberActivity, {});
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
};

describe('when texts came for a number', () => {
  it('is known from its texts, each counted once, also after a restart', async () => {
    const text = aText({ to: '+12125550101' });
    await world.carrier.text(text);
    await world.carrier.text(text);
    await world.carrier.text(aText({ to: '+12125550101' }));
    await world.carrier.text(aText({ to: '+12125550102' }), { secret: 'stolen' });
    const isKnown = async () =>
      expect(await activity()).toMatchObject([
        { tenantId: 'demo', number: '+12125550101', accountId: 'demo-simulator', quiet: false },
      ]);
    await isKnown();
    await world.restart();
    await eventually(isKnown);
    const [day] = await world.database.collection<NumberDayDocument>('numberDays').find().toArray();
    expect(Object.values(day?.hours ?? {}).reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('tells a number that usually gets texts and has gone quiet from one that is as usual', async () => {
    const now = hourOf(new Date());
    const days = new Map<string, NumberDayDocument>();
    const add = (number: string, hour: number) => {
      const day = Math.floor(hour / 24);
      const id = `${number} ${day}`;
      const before = days.get(id);
      days.set(id, {
        _id: id,
        tenantId: 'demo',
        number,
        day,
        accountId: 'demo-twilio',
        hours: { ...before?.hours, [hour % 24]: 3 },
        lastAt: new Date(Math.max(before?.lastAt.getTime() ?? 0, hour * HOUR_MS)),
        expireAt: new Date((now + 1000) * HOUR_MS),
      });
    };
    for (let hour = now - 800; hour <= now; hour += 1) {
      add('+12125550104', hour);
      if (hour < now - 12) add('+12125550103', hour);
    }
    await world.database.collection<NumberDayDocument>('numberDays').insertMany([...days.values()]);
    const found = new Map((await activity()).map((one) => [one.number, one]));
    expect(found.get('+12125550103')).toMatchObject({ quiet: true, accountId: 'demo-twilio' });
    expect(found.get('+12125550103')?.lastTextAt).toBe(new Date((now - 13) * HOUR_MS).toISOString());
    expect(found.get('+12125550104')).toMatchObject({ quiet: false });
  });
});
