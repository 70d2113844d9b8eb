import type { Failpoint } from '@partyline/kernel';
import { randomUUID } from 'node:crypto';
import { TestSmsc } from '@partyline/testing';
import type { SentText } from './checker.js';
import { SUPPORT } from './office.js';
import type { World } from './world.js';

const ACCOUNT = 'smpp-carrier';
const LINE = { inboxId: SUPPORT.inboxId, number: '+12125550108' } as const;
const UDH_INDICATOR = 0x40;
const HEADER_BYTES = 6;

/** An SMSC, which hands over again what was not answered, takes each repeat of a text as one text more, and tells receipts. */
export class SmppCarrier {
  private constructor(
    private readonly world: World,
    private readonly smsc: TestSmsc,
  ) {}

  /** Has to run before the product starts, which may only call where it is allowed to. */
  static async startSmsc(): Promise<TestSmsc> {
    const smsc = new TestSmsc();
    await smsc.start();
    await smsc.set({ receipts: 'DELIVRD', receiptIds: 'hex-decimal' });
    return smsc;
  }

  static originOf({ port }: TestSmsc): string {
    return `smpp://127.0.0.1:${port}`;
  }

  static async open(world: World, smsc: TestSmsc): Promise<SmppCarrier> {
    const { office } = world;
    await office.insist(office.staff.ada, 'POST', '/admin/carrier-accounts', {
      id: ACCOUNT,
      carrier: 'smpp',
      name: 'SMPP',
      settings: {
        host: '127.0.0.1',
        port: String(smsc.port),
        systemId: 'acme',
        messageIds: 'hex-decimal',
      },
      active: true,
      secrets: { bindPassword: 'secret' },
    });
    await office.insist(office.staff.ada, 'POST', '/admin/numbers', {
      id: LINE.number,
      carrier: 'smpp',
      carrierAccountId: ACCOUNT,
      destination: { kind: 'department', id: 'support' },
    });
    const carrier = new SmppCarrier(world, smsc);
    world.alsoSent = () => carrier.received();
    return carrier;
  }

  /** Resolves when the SMSC heard that we have it. */
  async textArrives(tag: string): Promise<string> {
    const { office, ledger } = this.world;
    const customer = office.newCustomer(tag);
    const text = `text ${randomUUID()}`;
    const { status } = await this.smsc.handOver(text, {
      from: customer.slice(1),
      to: LINE.number.slice(1),
      content: Buffer.from(text).toString('hex'),
    });
    if (status !== 0) throw new Error(`the text was refused for good: ${status}`);
    ledger.texts.push({ tag, customer, text });
    const id = office.conversationOf(customer, LINE);
    await office.visible(office.staff.ben, id);
    return id;
  }

  async isAnswered(tag: string, more = ''): Promise<void> {
    await this.answer(await this.textArrives(tag), more);
  }

  /** The reply takes several SMS. */
  isAnsweredAtLength(tag: string): Promise<void> {
    return this.isAnswered(tag, ` ${'and on '.repeat(60)}`);
  }

  /** Whoever is to die at `name` does so over the receipt of a reply, not over the text before it. */
  async receiptComes(tag: string, name: Failpoint): Promise<void> {
    const { failpoints } = this.world;
    failpoints.disarm(name);
    const id = await this.textArrives(tag);
    failpoints.arm(name);
    await this.answer(id, '');
  }

  private async answer(id: string, more: string): Promise<void> {
    const { office } = this.world;
    const clientMessageId = randomUUID();
    const text = `reply ${clientMessageId}${more}`.trim();
    await office.command(office.staff.ben, id, 'reply', { clientMessageId, text, media: [], claim: true });
  }

  /** Each text as often as it was given; one in parts as often as any of them, once all of them came. */
  private received(): SentText[] {
    const parts = new Map<string, Map<number, SentText[]>>();
    const whole: SentText[] = [];
    for (const { id, to, esmClass, content } of this.smsc.submitted) {
      const bytes = Buffer.from(content, 'hex');
      if (esmClass !== UDH_INDICATOR) {
        whole.push({ text: bytes.toString('latin1'), id: String(id) });
        continue;
      }
      const [, , , ref, total, place = 0] = bytes;
      const key = `${to.digits} ${ref} ${total}`;
      const places = parts.get(key) ?? new Map<number, SentText[]>();
      parts.set(key, places);
      const part = { text: bytes.subarray(HEADER_BYTES).toString('latin1'), id: String(id) };
      places.set(place, [...(places.get(place) ?? []), part]);
    }
    const joined = [...parts].flatMap(([key, places]) => {
      const total = Number(key.split(' ')[2]);
      const times = Math.max(...[...places.values()].map((all) => all.length));
      const text = Array.from(
        { length: total },
        (_one, index) => places.get(index + 1)?.[0]?.text ?? '',
      ).join('');
      // With the last one the receipt is asked for.
      const id = places.get(total)?.[0]?.id;
      const joint: SentText = id === undefined ? { text } : { text, id };
      return places.size === total || times > 1 ? Array.from({ length: times }, () => joint) : [];
    });
    return [...whole, ...joined];
  }
}
