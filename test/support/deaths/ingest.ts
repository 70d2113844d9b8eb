import { eventually } from '../eventually.js';
import { PATIENCE_MS } from '../office.js';
import { PICTURE } from '../recording-carrier.js';
import { Visitor } from '../visitor.js';
import { eraseSomebody } from './erasure.js';
import { deathsWhile, type Scenario } from './scenario.js';
import type { Scene } from './scene.js';

export const INGEST: readonly Scenario[] = [
  ...deathsWhile('a text arrives', ({ office }, tag) => office.textArrives(tag), [
    'ingest.webhook-verified',
    'ingest.receipts-stored',
    'ingest.webhook-answered',
    'ingest.receipts-published',
    'ingest.landing-heard',
    'ingest.texts-landed',
  ]),
  ...deathsWhile('a reply is delivered', ({ office }, tag) => office.isAnswered(tag), [
    'ingest.statuses-landed',
  ]),
  ...deathsWhile('a picture is looked at', showPicture, [
    'ingest.media-expected',
    'ingest.media-fetched',
    'ingest.media-half-stored',
    'ingest.media-stored',
    'ingest.media-kept',
  ]),
  ...deathsWhile('a picture is sent', sendPicture, [
    'ingest.upload-expected',
    'ingest.upload-stored',
    'ingest.upload-recorded',
  ]),
  ...deathsWhile('a file is never sent', ({ backOffice }, tag) => backOffice.forgetsFile(tag), [
    'ingest.upload-dropped',
  ]),
  ...deathsWhile('a long text arrives in parts', ({ second }, tag) => second.longText(tag), [
    'ingest.parts-joined',
    'ingest.joined-text-stored',
    'ingest.join-applied',
    'ingest.followers-landed',
  ]),
  ...deathsWhile(
    'a contact is erased',
    eraseSomebody,
    ['ingest.media-erased', 'ingest.media-dropped'],
    30_000,
  ),
  ...deathsWhile('it starts again', (scene) => scene.restart('ingest'), ['ingest.receipts-made-due'], 30_000),
  ...deathsWhile(
    'a receipt was left behind',
    (scene, tag) => scene.dieTwice(tag, 'ingest.receipts-stored'),
    ['ingest.receipts-republished'],
    30_000,
  ),
  ...deathsWhile(
    'a text comes by SMPP',
    ({ smpp }, tag) => smpp.textArrives(tag),
    [
      'ingest.delivery-taken',
      'ingest.receipts-stored',
      'ingest.delivery-kept',
      'ingest.delivery-answered',
      'ingest.bind-noted',
    ],
    15_000,
  ),
  ...(['ingest.delivery-taken', 'ingest.delivery-kept', 'ingest.delivery-answered'] as const).flatMap(
    (name) =>
      deathsWhile('a receipt comes by SMPP', ({ smpp }, tag) => smpp.receiptComes(tag, name), [name], 30_000),
  ),
  ...deathsWhile(
    'somebody else receives by SMPP',
    (scene) => scene.restart('ingest'),
    ['ingest.bind-begun'],
    30_000,
  ),
];

async function showPicture({ office, world }: Scene, tag: string): Promise<void> {
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
async function sendPicture({ office, world }: Scene, tag: string): Promise<void> {
  const customer = await office.sendsPicture(tag, PICTURE);
  await eventually(
    'the picture at the carrier',
    async () => {
      const url = world.carrier.requests.find(({ to }) => to.includes(customer))?.media[0]?.url;
      if (url === undefined) return false;
      return Buffer.from(await (await fetch(url)).arrayBuffer()).equals(PICTURE);
    },
    PATIENCE_MS,
  );
}
