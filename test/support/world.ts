import { violations, type Evidence, type SentText, type Violation } from './checker.js';
import { Databases } from './databases.js';
import { eventually } from './eventually.js';
import { Failpoints } from './failpoints.js';
import { Ledger } from './ledger.js';
import { Office, SUPPORT, type Staff } from './office.js';
import { Partyline } from './partyline.js';
import { Person } from './person.js';
import { RecordingCarrier } from './recording-carrier.js';
import { Watcher } from './watcher.js';

/** How long an unassigned customer waits before the Admins hear of it, seconds. */
const ALERT_AFTER_S = 10;
/** Long enough for every lease, every redelivery and every sweep. */
const LONGEST_REPAIR_MS = 150_000;

/** The whole product with a carrier, a browser window and a ledger around it, in which processes are to die. */
export class World {
  /** Texts that other carriers than `carrier` were asked to send. */
  alsoSent: () => readonly SentText[] = () => [];

  private constructor(
    readonly partyline: Partyline,
    readonly failpoints: Failpoints,
    readonly carrier: RecordingCarrier,
    readonly databases: Databases,
    readonly ledger: Ledger,
    readonly office: Office,
    readonly watcher: Watcher,
  ) {}

  /** `prepare` may arm failpoints that are hit while it starts. */
  static async start(
    env: NodeJS.ProcessEnv = {},
    prepare: (failpoints: Failpoints) => void = () => undefined,
    /** Of other carriers. */
    otherOrigins: readonly string[] = [],
  ): Promise<World> {
    const failpoints = new Failpoints();
    prepare(failpoints);
    const carrier = await RecordingCarrier.start();
    const partyline = await Partyline.start({
      env: {
        ...failpoints.env,
        PARTYLINE_ALERT_AFTER_SECONDS: String(ALERT_AFTER_S),
        PARTYLINE_CARRIER_TIMEOUT_MS: '1000',
        PARTYLINE_CARRIER_ALLOW_ORIGINS: [carrier.origin, ...otherOrigins].join(','),
        PARTYLINE_MEDIA_ALLOW_ORIGINS: carrier.origin,
        PARTYLINE_WEBHOOK_ALLOW_ORIGINS: carrier.origin,
        PARTYLINE_TEST_PUSH: carrier.origin,
        ...env,
      },
    });
    const staff = await signIn(partyline.url);
    await becomeTheCarrier(staff.ada, carrier);
    const ledger = new Ledger();
    const watcher = new Watcher(partyline.url, () => staff.ada.token);
    await watcher.ready;
    return new World(
      partyline,
      failpoints,
      carrier,
      new Databases(partyline.urlOf('mongodb')),
      ledger,
      new Office(partyline.hooksUrl, staff, ledger),
      watcher,
    );
  }

  /** What is not as promised at this moment. */
  violations(alertsAreDue = false): Promise<Violation[]> {
    const { ledger, databases, carrier, watcher } = this;
    const members = { [SUPPORT.inboxId]: ['ada', 'ben', 'cleo', 'dev'] };
    const sent = [...carrier.requests, ...this.alsoSent()];
    const evidence: Evidence = { ledger, databases, sent, watcher, members, alertsAreDue };
    return violations(evidence);
  }

  /** What is still not as promised when everything had the time to be repaired; or at once when all is well. */
  async lastingViolations(patienceMs = LONGEST_REPAIR_MS): Promise<Violation[]> {
    let last: Violation[] = [];
    await eventually(
      'no violation',
      async () => {
        last = await this.violations(true);
        return last.length === 0;
      },
      patienceMs,
    ).catch(() => undefined);
    return last;
  }

  /** Resolves when a service that was killed or restarted takes work again, as another process than `before`. */
  async isBack(service: string, before: number): Promise<void> {
    await eventually(
      `${service} to be back`,
      async () => this.partyline.pidOf(service) !== before && (await this.partyline.isReady(service)),
      60_000,
    );
  }

  async stop(): Promise<void> {
    await this.watcher.stop();
    await this.databases.close();
    await this.partyline.stop();
    await this.carrier.stop();
    this.failpoints.remove();
  }
}

async function signIn(url: string): Promise<Staff> {
  const [ada, ben, cleo, dev] = await Promise.all(
    ['ada', 'ben', 'cleo', 'dev'].map((name) => Person.signIn(url, `${name}@example.com`)),
  );
  if (!ada || !ben || !cleo || !dev) throw new Error('somebody could not sign in');
  return { ada, ben, cleo, dev };
}

/** From now on texts of the simulator's account go to `carrier`. */
async function becomeTheCarrier(admin: Person, carrier: RecordingCarrier): Promise<void> {
  const account = '/admin/carrier-accounts/demo-simulator';
  const changed = await admin.request('PATCH', account, { settings: { apiBase: carrier.origin } });
  if (changed.status !== 200) throw new Error(`the carrier account: ${JSON.stringify(changed)}`);
}
