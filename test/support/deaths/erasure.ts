import { randomBytes, randomUUID } from 'node:crypto';
import { sendUntilAccepted, simulatorText } from '../carrier.js';
import { eventually } from '../eventually.js';
import { PATIENCE_MS, SALES } from '../office.js';
import type { Scene } from './scene.js';

interface ErasableContact {
  readonly id: string;
  readonly revision: number;
  readonly erasure?: { readonly finished: boolean } | null;
}

/** Not in the ledger, which has every text stay. Whatever dies, nothing of what they wrote may be left anywhere. */
export async function eraseSomebody(scene: Scene, tag: string): Promise<void> {
  const { office, world } = scene;
  const { ada, ben } = office.staff;
  const words = `forget-${randomBytes(6).toString('hex')}`;
  const customer = `+1650555${String(1000 + Math.floor(Math.random() * 9000))}`;
  await sendUntilAccepted(world.partyline.hooksUrl, simulatorText(customer, SALES.number, words));
  await office.visible(ben, office.conversationOf(customer, SALES));
  const contact = await eventually('the contact', async () => {
    const path = `/contacts?number=${encodeURIComponent(customer)}`;
    const { body } = await office.insist<{ items: ErasableContact[] }>(ada, 'GET', path);
    return body.items[0];
  });
  const erasure = { confirm: customer, expectedRevision: contact.revision };
  const path = `/contacts/${contact.id}`;
  await office.insist(ada, 'POST', `${path}/erase`, erasure, { 'idempotency-key': randomUUID() });
  await eventually(
    'the erasure to be finished',
    async () => (await office.insist<ErasableContact>(ada, 'GET', path)).body.erasure?.finished === true,
    PATIENCE_MS,
  );
  for (const service of ['ingest', 'inbox', 'delivery', 'notify']) {
    if (await world.databases.mentions(service, words)) {
      scene.fault(tag, 'not forgotten', `${service} still knows ${words}`);
    }
  }
}
