import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { FAILPOINTS, type Failpoint } from '@partyline/kernel';
import { createECDH, randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { BackOffice } from './support/back-office.js';
import type { Violation } from './support/checker.js';
import { eventually } from './support/eventually.js';
import { sendUntilAccepted, simulatorText } from './support/carrier.js';
import { Lane, tagOf, type Scenario } from './support/lane.js';
import { SALES } from './support/office.js';
import { PICTURE } from './support/recording-carrier.js';
import { SecondCarrier } from './support/second-carrier.js';
import { Visitor } from './support/visitor.js';
import { World } from './support/world.js';

/** Hit while everything starts for the first time. */
const AT_START: readonly Failpoint[] = [
  'gateway.tenant-made',
  'gateway.users-reopened',
  'routing.directory-reopened',
  'bus.stream-made',
  'bus.stream-told',
];

/** `FAILPOINT=inbox.texts-taken npm run jest -- test/failpoints --selectProjects e2e` dies there alone. */
const ONLY = process.env['FAILPOINT'];
/** All services die again and again meanwhile. */
const PATIENCE_MS = 180_000;

const PRELOAD = fileURLToPath(new URL('preload/push-service.mjs', import.meta.url));

interface ErasableContact {
  readonly id: string;
  readonly revision: number;
  readonly erasure?: { readonly finished: boolean } | null;
}

describe('kill -9 between any two durable effects', () => {
  let world: World;
  let zoe: string;
  let backOffice: BackOffice;
  let second: SecondCarrier;
  const lanes: Lane[] = [];
  const ownFindings: Violation[] = [];
  let found: Violation[] = [];
  let started: readonly string[] = [];

  /** By service, in this order, each service at its own pace; all of them at the same time. */
  const deaths: Readonly<Record<string, readonly Scenario[]>> = {
    ingest: [
      ...at('a text arrives', (tag) => world.office.textArrives(tag), [
        'ingest.webhook-verified',
        'ingest.receipts-stored',
        'ingest.webhook-answered',
        'ingest.receipts-published',
        'ingest.landing-heard',
        'ingest.texts-landed',
      ]),
      ...at('a reply is delivered', (tag) => world.office.isAnswered(tag), ['ingest.statuses-landed']),
      ...at('a picture is looked at', (tag) => showPicture(tag), [
        'ingest.media-expected',
        'ingest.media-fetched',
        'ingest.media-half-stored',
        'ingest.media-stored',
        'ingest.media-kept',
      ]),
      ...at('a picture is sent', (tag) => sendPicture(tag), [
        'ingest.upload-expected',
        'ingest.upload-stored',
        'ingest.upload-recorded',
      ]),
      ...at('a file is never sent', (tag) => backOffice.forgetsFile(tag), ['ingest.upload-dropped']),
      ...at('a long text arrives in parts', (tag) => second.longText(tag), [
        'ingest.parts-joined',
        'ingest.joined-text-stored',
        'ingest.join-applied',
        'ingest.followers-landed',
      ]),
      ...at(
        'a contact is erased',
        (tag) => eraseSomebody(tag),
        ['ingest.media-erased', 'ingest.media-dropped'],
        30_000,
      ),
      ...at('it starts again', () => restart('ingest'), ['ingest.receipts-made-due'], 30_000),
      ...at(
        'a receipt was left behind',
        (tag) => dieTwice(tag, 'ingest.receipts-stored'),
        ['ingest.receipts-republished'],
        30_000,
      ),
    ],
    routing: [
      ...at('a text arrives', (tag) => world.office.textArrives(tag), [
        'routing.texts-taken',
        'routing.texts-routed',
      ]),
      ...at('somebody chooses from a menu', (tag) => world.office.choosesFromMenu(tag), [
        'routing.dialogues-saved',
      ]),
      ...at('an Admin changes an inbox', () => changeInbox(), [
        'routing.directory-changed',
        'routing.directory-published',
        'routing.directory-marked',
      ]),
      ...at('an Admin changes a user', () => changeUser(), ['routing.users-applied']),
      ...at('an event comes that nobody can read', () => publishJunk(), ['bus.dead-letter-kept']),
    ],
    inbox: [
      ...at('a text arrives', (tag) => world.office.textArrives(tag), [
        'inbox.texts-taken',
        'inbox.entries-appended',
        'inbox.entries-projected',
        'inbox.entries-published',
        'inbox.contacts-written',
        'inbox.entries-marked',
        'inbox.texts-landed',
      ]),
      ...at('people work on a conversation', (tag) => world.office.wholeLife(tag), [
        'inbox.command-taken',
        'inbox.command-committed',
        'inbox.cursor-moved',
      ]),
      ...at('a reply goes out', (tag) => world.office.isAnswered(tag), [
        'inbox.statuses-appended',
        'inbox.statuses-recorded',
      ]),
      ...at('somebody says STOP', (tag) => world.office.saysStop(tag), [
        'inbox.consent-recorded',
        'inbox.consent-spread',
      ]),
      ...at('opt-outs are imported', (tag) => backOffice.importsOptOuts(tag), [
        'inbox.consent-recorded',
        'inbox.consent-spread',
      ]),
      ...at('a contact gets a name', (tag) => backOffice.namesContact(tag), [
        'inbox.contact-changed',
        'inbox.names-spread',
      ]),
      ...at('somebody chooses from a menu', (tag) => world.office.choosesFromMenu(tag), ['inbox.menus-left']),
      ...at(
        'a contact is erased',
        (tag) => eraseSomebody(tag),
        ['inbox.erasure-said', 'inbox.content-erased', 'inbox.erasure-told'],
        30_000,
      ),
      ...at('an Admin changes a user', () => changeUser(), [
        'inbox.directory-kept',
        'inbox.stranded-returned',
      ]),
      ...at(
        'an entry was left behind',
        (tag) => dieTwice(tag, 'inbox.entries-appended'),
        ['inbox.left-behind-repaired', 'inbox.left-behind-told'],
        30_000,
      ),
      ...at(
        'the inbox assigns by rule',
        (tag) => backOffice.assignsByRule(tag),
        ['inbox.waiting-assigned'],
        60_000,
      ),
    ],
    delivery: [
      ...at('a reply goes out', (tag) => world.office.isAnswered(tag), [
        'delivery.replies-taken',
        'delivery.attempts-stored',
        'delivery.attempt-claimed',
        'delivery.carrier-answered',
        'delivery.outcome-stored',
        'delivery.announcement-counted',
        'delivery.status-published',
        'delivery.carrier-status-applied',
        'delivery.carrier-status-announced',
        'delivery.status-landed',
      ]),
      ...at('somebody says STOP', (tag) => world.office.saysStop(tag), ['delivery.consents-recorded']),
      ...at(
        'a carrier’s log has a text that never came',
        (tag) => second.textInItsLog(tag),
        ['delivery.log-compared'],
        30_000,
      ),
      ...at('a sender died', (tag) => abandonReply(tag), ['delivery.interrupted-settled'], 30_000),
    ],
    notify: [
      ...at('a text arrives', (tag) => world.office.textArrives(tag), [
        'notify.waits-observed',
        'notify.alerts-stored',
        'notify.timers-set',
        'notify.notifications-stored',
        'notify.notifications-published',
        'notify.pushes-queued',
        'notify.notifications-marked',
        'notify.push-taken',
        'notify.push-sent',
        'notify.webhooks-stored',
        'notify.webhooks-queued',
        'notify.webhook-claimed',
        'notify.webhook-sent',
        'notify.webhook-arrived',
      ]),
      ...at(
        'a webhook is not taken',
        (tag) => world.office.wholeLife(tag),
        ['notify.webhook-failed'],
        15_000,
      ),
      ...at(
        'an endpoint wants no webhooks any more',
        (tag) => backOffice.losesEndpoint(tag),
        ['notify.endpoint-given-up'],
        15_000,
      ),
      ...at('somebody takes a conversation', (tag) => world.office.wholeLife(tag), [
        'notify.alerts-cancelled',
      ]),
      ...at(
        'a customer waits for too long',
        (tag) => world.office.textArrives(tag),
        ['notify.alert-claimed', 'notify.admins-told', 'notify.alert-told'],
        25_000,
      ),
      ...at('an Admin changes an inbox', () => changeInbox(), ['notify.inboxes-applied']),
      ...at('it starts with an older database', () => forgetMigration('notify'), ['mongo.migration-applied']),
    ],
    gateway: [
      ...at('somebody signs in', () => new Visitor(world.partyline.url).signIn('cleo@example.com'), [
        'gateway.session-created',
      ]),
      ...at('a browser refreshes its session', () => refreshOverDeath(), ['gateway.session-rotated']),
      ...at('somebody signs out', () => signOutOverDeath(), ['gateway.session-revoked']),
      ...at('people work on a conversation', (tag) => world.office.wholeLife(tag), [
        'gateway.command-taken',
        'gateway.command-answered',
      ]),
      ...at('an Admin changes an inbox', () => changeInbox(), [
        'gateway.act-begun',
        'gateway.act-carried-out',
      ]),
      ...at('somebody takes several at once', (tag) => backOffice.takesMany(tag), [
        'gateway.one-of-many-changed',
      ]),
      ...at('an Admin changes a password', () => changePassword(), ['gateway.accounts-changed']),
      ...at('an Admin changes a user', () => changeUser(), [
        'gateway.users-published',
        'gateway.users-marked',
      ]),
      ...at('a text arrives', (tag) => world.office.textArrives(tag), [
        'gateway.event-read',
        'gateway.event-sent',
      ]),
    ],
  };
  /** After the others, one by one: they need a service to stand still, or a stream to be lost. */
  const alone: readonly Scenario[] = [
    ...at('delivery says nothing', (tag) => silenceDelivery(tag), ['inbox.delivery-reminded'], 30_000),
    ...at('its stream has to be made anew', (tag) => loseStream(tag), ['inbox.consents-repeated'], 60_000),
  ];

  beforeAll(async () => {
    world = await World.start({ NODE_OPTIONS: `--import=${PRELOAD}` }, (failpoints) => {
      for (const name of AT_START) failpoints.arm(name);
    });
    started = world.failpoints.fired;
    zoe = await hireZoe();
    await registerDevice();
    backOffice = new BackOffice(world);
    await backOffice.open();
    second = await SecondCarrier.open(world);
    await Promise.all(
      Object.entries(deaths).map(([service, scenarios]) => {
        const lane = new Lane(world, service);
        lanes.push(lane);
        return lane.run(scenarios);
      }),
    );
    found = [...(await world.lastingViolations()), ...(await backOffice.unsentWebhooks())];
    const last = new Lane(world, 'inbox');
    lanes.push(last);
    await last.run(alone);
    const after = await world.lastingViolations();
    found = [...ownFindings, ...backOffice.found, ...found, ...after, ...lanes.flatMap(({ stuck }) => stuck)];
  }, 1_500_000);
  afterAll(() => world?.stop(), 60_000);

  describe.each(Object.entries(deaths).filter(([, scenarios]) => scenarios.length > 0))(
    '%s',
    (_service, scenarios) => {
      it.each(scenarios.map((scenario) => [tagOf(scenario)]))('keeps every promise: %s', (tag) => {
        expect(lanes.some(({ fired }) => fired.has(tag))).toBe(true);
        expect(found.filter((one) => one.tag === tag)).toEqual([]);
      });
    },
  );

  if (alone.length > 0)
    it.each(alone.map((scenario) => [tagOf(scenario)]))('keeps every promise: %s', (tag) => {
      expect(lanes.some(({ fired }) => fired.has(tag))).toBe(true);
      expect(found.filter((one) => one.tag === tag)).toEqual([]);
    });

  it('dies while it starts for the first time, and starts', () => {
    expect(started).toEqual(expect.arrayContaining([...AT_START]));
  });

  it('breaks no promise that belongs to nobody in particular', () => {
    expect(found.filter(({ tag }) => tag === '')).toEqual([]);
  });

  it('has died at every failpoint that there is', () => {
    const planned = [...Object.values(deaths).flat(), ...alone].map(({ at }) => at);
    const wanted = ONLY === undefined ? Object.keys(FAILPOINTS) : [...AT_START, ONLY];
    expect([...new Set([...planned, ...AT_START])].sort()).toEqual(wanted.sort());
  });

  it('rings a phone at least once for each notification of its owner', async () => {
    await eventually('the pushes', async () => {
      const mine = (await world.databases.notifications()).filter(({ userId }) => userId === 'ben');
      return world.carrier.pushes.length >= mine.length;
    });
  });

  function at(
    meanwhile: string,
    flow: Scenario['flow'],
    names: readonly Failpoint[],
    patienceMs?: number,
  ): Scenario[] {
    return names
      .filter((name) => ONLY === undefined || name === ONLY)
      .map((name) => ({
        at: name,
        meanwhile,
        flow,
        ...(patienceMs === undefined ? {} : { patienceMs }),
      }));
  }

  async function restart(service: string): Promise<void> {
    await world.databases.expireLeases(service);
    await world.isBack(service, world.partyline.kill(service));
  }

  /** The first death leaves something behind that the next process takes up. */
  async function dieTwice(tag: string, first: Failpoint): Promise<void> {
    await world.databases.expireLeases(first.split('.')[0] ?? '');
    world.failpoints.arm(first);
    await world.office.textArrives(tag);
  }

  async function abandonReply(tag: string): Promise<void> {
    world.failpoints.arm('delivery.attempt-claimed');
    await world.office.isAnswered(tag);
    await eventually('the sender to die', () => world.failpoints.hasFired('delivery.attempt-claimed'));
    await world.databases.expireLeases('delivery');
  }

  async function showPicture(tag: string): Promise<void> {
    const { office } = world;
    const { ben } = office.staff;
    const customer = office.newCustomer(tag);
    await office.text(customer, undefined, undefined, `${world.carrier.origin}/pictures/${customer}`);
    const id = office.conversationOf(customer);
    await office.visible(ben, id);
    const media = await eventually(
      'the text with the picture',
      async () => {
        const item = (await ben.timeline(id)).find(({ type }) => type === 'message.received');
        return item?.type === 'message.received' && item.data.media[0];
      },
      PATIENCE_MS,
    );
    const visitor = new Visitor(world.partyline.url);
    await eventually(
      'the picture',
      () => visitor.fetches(ben, `/conversations/${id}/media/${media.id}`),
      PATIENCE_MS,
    );
  }

  /** The carrier can fetch what our people attached. */
  async function sendPicture(tag: string): Promise<void> {
    const { office, carrier } = world;
    const customer = await office.sendsPicture(tag, PICTURE);
    await eventually(
      'the picture at the carrier',
      async () => {
        const url = carrier.requests.find(({ to }) => to.includes(customer))?.media[0]?.url;
        if (url === undefined) return false;
        return Buffer.from(await (await fetch(url)).arrayBuffer()).equals(PICTURE);
      },
      PATIENCE_MS,
    );
  }

  /** Not in the ledger, which has every text stay. Whatever dies, nothing of what they wrote may be left anywhere. */
  async function eraseSomebody(tag: string): Promise<void> {
    const { ada, ben } = world.office.staff;
    const words = `forget-${randomBytes(6).toString('hex')}`;
    const customer = `+1650555${String(1000 + Math.floor(Math.random() * 9000))}`;
    await sendUntilAccepted(world.partyline.hooksUrl, simulatorText(customer, SALES.number, words));
    await world.office.visible(ben, world.office.conversationOf(customer, SALES));
    const contact = await eventually('the contact', async () => {
      const path = `/contacts?number=${encodeURIComponent(customer)}`;
      const { body } = await world.office.insist<{ items: ErasableContact[] }>(ada, 'GET', path);
      return body.items[0];
    });
    const erasure = { confirm: customer, expectedRevision: contact.revision };
    const path = `/contacts/${contact.id}`;
    await world.office.insist(ada, 'POST', `${path}/erase`, erasure, { 'idempotency-key': randomUUID() });
    await eventually(
      'the erasure to be finished',
      async () =>
        (await world.office.insist<ErasableContact>(ada, 'GET', path)).body.erasure?.finished === true,
      PATIENCE_MS,
    );
    for (const service of ['ingest', 'inbox', 'delivery', 'notify']) {
      if (await world.databases.mentions(service, words)) {
        ownFindings.push({ tag, kind: 'not forgotten', what: `${service} still knows ${words}` });
      }
    }
  }

  async function changeInbox(): Promise<void> {
    const { ada } = world.office.staff;
    const alertAfterMinutes = 1 + Math.floor(Math.random() * 10_000);
    await world.office.insist(ada, 'PATCH', `/admin/inboxes/${SALES.inboxId}`, { alertAfterMinutes });
  }

  async function changeUser(): Promise<void> {
    const name = `Zoe ${randomBytes(4).toString('hex')}`;
    await world.office.insist(world.office.staff.ada, 'PATCH', `/admin/users/${zoe}`, { name });
  }

  /**
   * Asked once and never again: what was begun has to be whole. Others change users meanwhile, and the death may be
   * theirs, before this change began.
   */
  async function changePassword(): Promise<void> {
    const visitor = new Visitor(world.partyline.url);
    await visitor.signIn('zoe@example.com', 'the-first-password');
    await world.office.staff.ada
      .request('PATCH', `/admin/users/${zoe}`, { password: 'the-second-password' })
      .catch(() => undefined);
    const status = await visitor.refresh();
    const isChanged = await new Visitor(world.partyline.url).isLetIn(
      'zoe@example.com',
      'the-second-password',
    );
    if (isChanged && status !== 401) {
      const what = `a session from before the change of the password was answered ${status}`;
      ownFindings.push({ tag: tagOf(deathAt('gateway.accounts-changed')), kind: 'session survived', what });
    }
  }

  async function refreshOverDeath(): Promise<void> {
    const visitor = new Visitor(world.partyline.url);
    await visitor.signIn('dev@example.com');
    const status = await visitor.refresh();
    if (status !== 200) {
      const what = `the token that had no answer was refused with ${status} when it came again`;
      ownFindings.push({ tag: tagOf(deathAt('gateway.session-rotated')), kind: 'signed out', what });
    }
  }

  async function signOutOverDeath(): Promise<void> {
    const visitor = new Visitor(world.partyline.url);
    await visitor.signIn('dev@example.com');
    await visitor.signOutOnce();
    const status = await visitor.refresh();
    if (status !== 401) {
      const what = `somebody who signed out was answered ${status}`;
      ownFindings.push({ tag: tagOf(deathAt('gateway.session-revoked')), kind: 'session survived', what });
    }
  }

  function deathAt(name: Failpoint): Scenario {
    const scenario = Object.values(deaths)
      .flat()
      .find((one) => one.at === name);
    if (!scenario) throw new Error(`nothing dies at ${name}`);
    return scenario;
  }

  async function hireZoe(): Promise<string> {
    const user = { email: 'zoe@example.com', name: 'Zoe', roleId: 'member', password: 'the-first-password' };
    const created = await world.office.insist<{ id: string }>(
      world.office.staff.ada,
      'POST',
      '/admin/users',
      user,
    );
    return created.body.id;
  }

  /** As a browser's PushSubscription.toJSON() gives it. */
  async function registerDevice(): Promise<void> {
    const keys = createECDH('prime256v1');
    const { status } = await world.office.insist(world.office.staff.ben, 'POST', '/me/devices', {
      endpoint: 'https://push.example.com/ben',
      keys: {
        p256dh: keys.generateKeys('base64url', 'uncompressed'),
        auth: randomBytes(16).toString('base64url'),
      },
    });
    expect(status).toBe(201);
  }

  async function forgetMigration(service: string): Promise<void> {
    const migrations = world.databases.of(service).collection('migrations');
    const [last] = await migrations.find().sort({ at: -1 }).limit(1).toArray();
    if (last) await migrations.deleteOne({ _id: last._id });
    await restart(service).catch(() => undefined);
  }

  async function publishJunk(): Promise<void> {
    const nats = await connect(world.partyline.natsAdmin);
    try {
      await jetstream(nats).publish('ingest.demo.message.received.v1', '{"junk":true}');
    } finally {
      await nats.close();
    }
  }

  /** Nobody speaks of a reply; half a minute later (here: at once) the inbox service asks again. */
  async function silenceDelivery(tag: string): Promise<void> {
    world.partyline.signal('delivery', 'SIGSTOP');
    try {
      await world.office.isAnswered(tag);
      const timeline = world.databases.of('inbox').collection('timeline');
      await timeline.updateMany(
        { 'awaiting.due': { $exists: true } },
        { $set: { 'awaiting.due': new Date(0).toISOString() } },
      );
      await eventually('delivery to be asked', () => world.failpoints.hasFired('inbox.delivery-reminded'));
    } finally {
      world.partyline.signal('delivery', 'SIGCONT');
    }
  }

  /** With a STOP in it, which delivery must not forget. */
  async function loseStream(tag: string): Promise<void> {
    await world.office.saysStop(tag);
    const nats = await connect(world.partyline.natsAdmin);
    try {
      await (await jetstream(nats).jetstreamManager()).streams.delete('inbox');
    } finally {
      await nats.close();
    }
    await world.office.textArrives(tag);
  }
});
