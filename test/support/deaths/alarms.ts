import { randomInt } from 'node:crypto';
import { eventually } from '../eventually.js';
import type { Scene } from './scene.js';

const HOUR_MS = 3_600_000;
const SLOT_MS = 600_000;
/** What the notify service needs to start and look once. */
const LOOK_MS = 25_000;
const LOOKS = 6;

/** It had texts in every hour of five weeks, and none for half a day. */
export async function numberGoesQuiet(scene: Scene, tag: string): Promise<void> {
  const number = `+1646555${randomInt(1000, 10_000)}`;
  const now = Math.floor(Date.now() / HOUR_MS);
  const days = new Map<number, Record<string, number>>();
  for (let hour = now - 840; hour < now - 12; hour += 1) {
    const day = Math.floor(hour / 24);
    days.set(day, { ...days.get(day), [hour % 24]: 3 });
  }
  await ingest<{ _id: string }>(scene, 'numberDays').insertMany(
    [...days].map(([day, hours]) => ({
      _id: `${number} ${day}`,
      tenantId: 'demo',
      number,
      day,
      accountId: 'demo-simulator',
      hours,
      lastAt: new Date((day * 24 + Math.max(...Object.keys(hours).map(Number))) * HOUR_MS),
      expireAt: new Date(Date.now() + 48 * HOUR_MS),
    })),
  );
  await isToldOnce(scene, tag, number, 'quietAlerts', { number, told: true });
}

/** Nothing that comes has a signature that fits. */
export async function accountFails(scene: Scene, tag: string): Promise<void> {
  const accountId = `failing-${randomInt(1_000_000_000)}`;
  await ingest<{ _id: string }>(scene, 'accounts').insertOne({
    _id: accountId,
    tenantId: 'demo',
    carrier: 'generic',
    name: accountId,
    publicUrl: 'https://demo.example.com/hooks/generic/failing',
    settings: {},
    sealed: {},
    active: true,
  } as { _id: string });
  const slot = Math.floor(Date.now() / SLOT_MS);
  await ingest(scene, 'signatureDays').insertOne({
    tenantId: 'demo',
    accountId,
    day: Math.floor(slot / 144),
    slots: { [slot % 144]: { bad: 20 } },
    expireAt: new Date(Date.now() + 48 * HOUR_MS),
  });
  await isToldOnce(scene, tag, accountId, 'accountAlerts', {
    accountId,
    'told.kind': 'every_webhook_refused',
  });
  await ingest<{ _id: string }>(scene, 'accounts').deleteOne({ _id: accountId });
}

/** The service looks when it starts; where it died of that, or could not ask, it starts once more. */
async function isToldOnce(
  scene: Scene,
  tag: string,
  about: string,
  alerts: string,
  noted: object,
): Promise<void> {
  const { world } = scene;
  const notify = world.databases.of('notify');
  const isNoted = async () => (await notify.collection(alerts).countDocuments(noted)) > 0;
  for (let look = 0; look < LOOKS && !(await isNoted()); look += 1) {
    await scene.restart('notify').catch(() => undefined);
    await eventually('it to be noted', isNoted, LOOK_MS).catch(() => undefined);
  }
  const told = await notify.collection('notifications').countDocuments({
    userId: 'ada',
    kind: { $in: ['number_quiet', 'account_failing'] },
    title: { $regex: about.slice(1) },
  });
  const sent = await notify.collection('webhookDeliveries').countDocuments({
    type: { $in: ['number.quiet', 'account.failing'] },
    body: { $regex: about.slice(1) },
  });
  if (told === 1 && sent === 1 && (await isNoted())) return;
  const what = `ada heard ${told} times of ${about}, the monitoring is to hear ${sent} times`;
  scene.fault(tag, 'told wrongly', what);
}

const ingest = <T extends object = Record<string, unknown>>({ world }: Scene, collection: string) =>
  world.databases.of('ingest').collection<T>(collection);
