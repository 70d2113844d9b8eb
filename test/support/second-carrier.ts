import { randomUUID } from 'node:crypto';
import { send } from './carrier.js';
import { eventually } from './eventually.js';
import { PATIENCE_MS, SUPPORT } from './office.js';
import type { World } from './world.js';

const ACCOUNT = 'second-carrier';
const PATH = `/hooks/vonage/${ACCOUNT}?token=hook-secret`;

/** Vonage, which hands on long texts in parts and has a log that can be read. */
export class SecondCarrier {
  private refs = 0;

  private constructor(private readonly world: World) {}

  static async open(world: World): Promise<SecondCarrier> {
    const { office, carrier } = world;
    await office.insist(office.staff.ada, 'POST', '/admin/carrier-accounts', {
      id: ACCOUNT,
      carrier: 'vonage',
      name: 'Vonage',
      publicUrl: `https://demo.example.com/hooks/vonage/${ACCOUNT}`,
      settings: { apiKey: 'abcd1234', reportsBase: carrier.origin },
      active: true,
      secrets: { apiSecret: 'secret', webhookSecret: 'hook-secret' },
    });
    return new SecondCarrier(world);
  }

  /** A text that a phone cut in three, which come in any order. */
  async longText(tag: string): Promise<void> {
    const { office, ledger, partyline } = this.world;
    const customer = office.newCustomer(tag);
    const words = ['first ', 'second ', randomUUID()];
    this.refs += 1;
    const parts = words.map((text, i) => ({
      msisdn: customer.slice(1),
      to: SUPPORT.number.slice(1),
      messageId: randomUUID(),
      text,
      type: 'text',
      concat: 'true',
      'concat-ref': String(this.refs),
      'concat-total': String(words.length),
      'concat-part': String(i + 1),
    }));
    for (const part of parts.toReversed()) {
      const headers = { 'content-type': 'application/json' };
      const webhook = { path: PATH, headers, body: JSON.stringify(part) };
      await eventually(
        'a part of a text to be accepted',
        async () => (await send(partyline.hooksUrl, webhook)).ok,
        PATIENCE_MS,
      );
    }
    ledger.texts.push({ tag, customer, text: words.join('') });
    await office.visible(office.staff.ben, office.conversationOf(customer));
  }

  /** One whose webhook never came; an Admin has the log looked at. */
  async textInItsLog(tag: string): Promise<void> {
    const { office, ledger, carrier } = this.world;
    const customer = office.newCustomer(tag);
    const text = `logged ${randomUUID()}`;
    const at = new Date(Date.now() - 10 * 60_000);
    carrier.logged.push({ id: randomUUID(), from: customer, to: SUPPORT.number, text, at });
    ledger.texts.push({ tag, customer, text });
    await office.insist(office.staff.ada, 'POST', `/admin/reconciliations/${ACCOUNT}`, { hours: 1 });
    await office.visible(office.staff.ben, office.conversationOf(customer));
  }
}
