// @ts-check
// An SMSC of the run's own, as a process behind a proxy: hands texts over until they are taken, takes replies and counts
// each of them, and tells receipts.
import { Proxy } from './proxy.mjs';

const NUMBER = '+12125550107';
const ACCOUNT = 'faults-smpp';
const PASSWORD = 'secret';
/** SMPP has no reference: a reply is known by its words, which nobody else uses. @type {BufferEncoding} */
const ALPHABET = 'latin1';

export class Smsc {
  number = NUMBER;
  #smsc;
  #port;

  /**
   * @param {import('../../libs/testing/dist/smsc.js').TestSmsc} smsc
   * @param {Proxy} proxy
   * @param {number} port of the proxy
   */
  constructor(smsc, proxy, port) {
    this.#smsc = smsc;
    this.proxy = proxy;
    this.#port = port;
  }

  /** @param {number} port where the product finds it */
  static async start(port) {
    // Once it is built; its index is for Jest alone.
    const { TestSmsc } = await import('../../libs/testing/dist/smsc.js');
    const smsc = new TestSmsc();
    await smsc.start();
    await smsc.set({ password: PASSWORD, receipts: 'DELIVRD', receiptIds: 'hex-decimal' });
    const proxy = new Proxy(smsc.port);
    await proxy.listen(port);
    return new Smsc(smsc, proxy, port);
  }

  /** As it stands in PARTYLINE_CARRIER_ALLOW_ORIGINS. @param {number} port */
  static originAt(port) {
    return `smpp://127.0.0.1:${port}`;
  }

  /** Texts that it was given: how often each, by its words. @returns {Map<string, number>} */
  get received() {
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const { content } of this.#smsc.submitted) {
      const words = Buffer.from(content, 'hex').toString(ALPHABET);
      times.set(words, (times.get(words) ?? 0) + 1);
    }
    return times;
  }

  /**
   * Makes it the carrier of a number.
   * @param {import('./load.mjs').Person} admin
   */
  async introduce(admin) {
    await admin.post('/admin/carrier-accounts', {
      id: ACCOUNT,
      carrier: 'smpp',
      name: 'SMSC',
      active: true,
      settings: {
        host: '127.0.0.1',
        port: String(this.#port),
        systemId: 'acme',
        messageIds: 'hex-decimal',
      },
      secrets: { bindPassword: PASSWORD },
    });
    const destination = { kind: 'department', id: 'support' };
    await admin.post('/admin/numbers', {
      id: NUMBER,
      carrier: 'smpp',
      carrierAccountId: ACCOUNT,
      destination,
    });
  }

  /**
   * A customer's text, handed over again and again until it is taken.
   * @param {string} from
   * @param {string} to
   * @param {string} text
   * @param {string} id
   * @returns {Promise<boolean>} false: it was refused for good
   */
  async text(from, to, text, id) {
    const content = Buffer.from(text, ALPHABET).toString('hex');
    const { status } = await this.#smsc.handOver(id, { from: from.slice(1), to: to.slice(1), content });
    return status === 0;
  }

  /** Takes the next reply to a customer and hangs up: then the product cannot know, and must not send again. @param {string} customer */
  hangUpOn(customer) {
    return this.#smsc.rule(customer.slice(1), 'cut');
  }

  async close() {
    this.proxy.close();
    await this.#smsc.kill();
  }
}
