import type { Failpoint } from '@partyline/kernel';
import type { TestSmsc } from '@partyline/testing';
import { createECDH, randomBytes } from 'node:crypto';
import { BackOffice } from '../back-office.js';
import type { Violation } from '../checker.js';
import type { Office } from '../office.js';
import { SecondCarrier } from '../second-carrier.js';
import { SmppCarrier } from '../smpp-carrier.js';
import type { World } from '../world.js';

/** Who acts while processes die, and what all deaths have in common. */
export class Scene {
  /** What flows saw themselves that was not as promised. */
  readonly found: Violation[] = [];

  private constructor(
    readonly world: World,
    readonly backOffice: BackOffice,
    readonly second: SecondCarrier,
    readonly smpp: SmppCarrier,
  ) {}

  static async open(world: World, smsc: TestSmsc): Promise<Scene> {
    await registerDevice(world.office);
    const backOffice = new BackOffice(world);
    await backOffice.open();
    return new Scene(world, backOffice, await SecondCarrier.open(world), await SmppCarrier.open(world, smsc));
  }

  get office(): Office {
    return this.world.office;
  }

  fault(tag: string, kind: string, what: string): void {
    this.found.push({ tag, kind, what });
  }

  async restart(service: string): Promise<void> {
    await this.world.databases.expireLeases(service);
    await this.world.isBack(service, this.world.partyline.kill(service));
  }

  /** The first death leaves something behind that the next process takes up. */
  async dieTwice(tag: string, first: Failpoint): Promise<void> {
    await this.world.databases.expireLeases(first.split('.')[0] ?? '');
    this.world.failpoints.arm(first);
    await this.office.textArrives(tag);
  }
}

/** As a browser's PushSubscription.toJSON() gives it. */
async function registerDevice(office: Office): Promise<void> {
  const keys = createECDH('prime256v1');
  const { status } = await office.insist(office.staff.ben, 'POST', '/me/devices', {
    endpoint: 'https://push.example.com/ben',
    keys: {
      p256dh: keys.generateKeys('base64url', 'uncompressed'),
      auth: randomBytes(16).toString('base64url'),
    },
  });
  if (status !== 201) throw new Error(`Ben's phone was not registered: ${status}`);
}
