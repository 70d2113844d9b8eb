import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListArrivalTroubles } from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import type { SignatureDayDocument } from '../src/adapters/mongo/collections.js';
import { slotOf } from '../src/domain/signatures.js';
import { aText } from './support/carrier.js';
import { World } from './support/world.js';

const SLOTS_A_DAY = 144;
let world: World;

beforeAll(async () => {
  world = await World.start();
}, 60_000);
afterAll(async () => {
  await world?.stop();
}, 60_000);

const accounts = async () => {
  const answer = await world.neighbours.call(ListArrivalTroubles, {});
  if (!answer.ok) throw new Error(answer.error.message);
  return new Map(answer.value.map((one) => [one.accountId, one]));
};
const days = () => world.database.collection<SignatureDayDocument>('signatureDays');
/** What was seen of an account until `ago` tens of minutes ago. */
async function past(accountId: string, slots: (ago: number) => { good: number; bad: number }): Promise<void> {
  const now = slotOf(new Date());
  const byDay = new Map<number, Record<string, { good: number; bad: number }>>();
  for (let ago = 0; ago < 8 * SLOTS_A_DAY; ago += 1) {
    const day = Math.floor((now - ago) / SLOTS_A_DAY);
    const counts = byDay.get(day) ?? {};
    counts[(now - ago) % SLOTS_A_DAY] = slots(ago);
    byDay.set(day, counts);
  }
  await days().deleteMany({ accountId });
  await days().insertMany(
    [...byDay].map(([day, counts]) => ({
      _id: `${accountId} ${day}`,
      tenantId: 'demo',
      accountId,
      day,
      slots: counts,
      expireAt: new Date(Date.now() + 1_000_000),
    })),
  );
}

describe('the signatures of an account', () => {
  it('are counted, and known after a restart: every webhook refused since its secret is another one', async () => {
    for (let i = 0; i < 5; i += 1) await world.carrier.text(aText(), { secret: 'rotated' });
    const isKnown = async () =>
      expect((await accounts()).get('demo-simulator')).toMatchObject({
        tenantId: 'demo',
        carrier: 'simulator',
        worksAt: null,
        trouble: { kind: 'every_webhook_refused', count: 5, of: 5 },
      });
    await isKnown();
    await world.restart();
    await eventually(isKnown);
    await world.carrier.text(aText());
    const mended = (await accounts()).get('demo-simulator');
    expect(mended?.trouble).toBeNull();
    expect(Date.parse(mended?.worksAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('are compared with what is usual, of every account', async () => {
    await past('demo-simulator', (ago) => ({ good: 10, bad: ago < 6 ? 8 : 1 }));
    await past('demo-twilio', () => ({ good: 10, bad: 8 }));
    const found = await accounts();
    expect(found.get('demo-simulator')?.trouble).toMatchObject({
      kind: 'webhooks_refused',
    });
    expect(found.get('demo-twilio')?.trouble).toBeNull();
  });
});
