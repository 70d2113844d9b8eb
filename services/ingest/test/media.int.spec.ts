import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EraseReceipts,
  FindUploads,
  MOST_ATTACHMENT_BYTES,
  SignMediaPath,
  SignUploadPath,
  TraceReceipt,
  type Media,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { eventually } from '@partyline/testing';
import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import type { MediaDocument } from '../src/adapters/mongo/collections.js';
import { aText } from './support/carrier.js';
import { World } from './support/world.js';

const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_test' };
const conversationId = 'cv_1';
let world: World;
/** A carrier's own files; `missing` of the first requests for a path are answered 404. */
let carrier: Server;
let origin: string;
let picture: Buffer;
const asked: string[] = [];
const missing = new Map<string, number>();

beforeAll(async () => {
  picture = await sharp(randomBytes(900 * 900 * 3), { raw: { width: 900, height: 900, channels: 3 } })
    .jpeg()
    .toBuffer();
  carrier = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const left = missing.get(path) ?? 0;
    missing.set(path, left - 1);
    if (left > 0) return void response.writeHead(404).end();
    if (path.startsWith('/page')) return void response.end('<html></html>');
    response.end(picture);
  }).listen(0, '127.0.0.1');
  await once(carrier, 'listening');
  origin = `http://127.0.0.1:${(carrier.address() as AddressInfo).port}`;
  world = await World.start({ PARTYLINE_MEDIA_ALLOW_ORIGINS: origin });
});
afterAll(async () => {
  await world.stop();
  carrier.close();
});

/** A customer's text with a picture, which stands in its conversation. */
async function textWith(url: string): Promise<{ messageId: string; media: Media }> {
  const text = aText({ media: [{ url }] });
  expect((await world.carrier.text(text)).status).toBe(204);
  const [receipt] = await world.receipts({ providerMessageId: text.id });
  if (receipt?.kind !== 'message' || !('media' in receipt.event)) throw new Error('there is no receipt');
  const [media] = receipt.event.media;
  if (!media) throw new Error('it has no picture');
  await world.neighbours.land(receipt.event);
  return { messageId: receipt.event.messageId, media };
}

const recordOf = (mediaId: string) =>
  world.database.collection<MediaDocument>('media').findOne({ _id: mediaId });

const isStored = (mediaId: string, size: 'full' | 'small' = 'full') =>
  access(join(world.mediaDir, 'demo', mediaId, size)).then(
    () => true,
    () => false,
  );

async function linkTo({ id: mediaId, url }: Media): Promise<string> {
  const account = { accountId: 'demo-simulator', mediaId, url };
  const answer = await world.neighbours.call(SignMediaPath, { ...viewer, ...account });
  if (!answer.ok) throw new Error(answer.error.message);
  return world.service.url + answer.value.path;
}

async function handIn(
  body: Uint8Array,
  change: (path: string) => string = (path) => path,
): Promise<Response> {
  const answer = await world.neighbours.call(SignUploadPath, { ...viewer, conversationId });
  if (!answer.ok) throw new Error(answer.error.message);
  const headers = { 'content-type': 'application/octet-stream' };
  return fetch(world.service.url + change(answer.value.path), {
    method: 'PUT',
    headers,
    body: new Uint8Array(body),
  });
}

describe('a picture that a customer sent', () => {
  it('is fetched although nobody looks, and shown small and whole without asking the carrier again', async () => {
    const { media } = await textWith(`${origin}/cat.jpg`);
    await eventually(async () => expect(await recordOf(media.id)).toMatchObject({ state: 'kept' }));
    const link = await linkTo(media);
    const whole = await fetch(link);
    expect(whole.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(picture);
    const small = await fetch(`${link}&size=small`);
    expect(small.headers.get('content-type')).toBe('image/webp');
    expect((await small.arrayBuffer()).byteLength).toBeLessThan(picture.length);
    expect(asked.filter((path) => path === '/cat.jpg')).toHaveLength(1);
  });

  it('that the carrier has a little later is asked for again', async () => {
    missing.set('/late.jpg', 1);
    const { media } = await textWith(`${origin}/late.jpg`);
    await eventually(
      async () => expect(await recordOf(media.id)).toMatchObject({ state: 'kept', tries: 2 }),
      {
        timeoutMs: 15_000,
      },
    );
  });

  it('that cannot be shown is given up with its reason, which the trace tells', async () => {
    const { media, messageId } = await textWith(`${origin}/page`);
    await eventually(async () => expect(await recordOf(media.id)).toMatchObject({ state: 'failed' }));
    const trace = await world.neighbours.call(TraceReceipt, { ...viewer, messageId });
    expect(trace).toMatchObject({
      ok: true,
      value: {
        media: [{ id: media.id, state: 'failed', tries: 1, reason: expect.stringContaining('octet-stream') }],
      },
    });
  });

  it('is erased with its text, and never fetched again', async () => {
    const { media, messageId } = await textWith(`${origin}/gone.jpg`);
    await eventually(async () => expect(await recordOf(media.id)).toMatchObject({ state: 'kept' }));
    const link = await linkTo(media);
    const { tenantId } = viewer;
    await world.neighbours.call(EraseReceipts, { tenantId, messageIds: [messageId] });
    expect(await recordOf(media.id)).toMatchObject({ state: 'erased', url: '', file: null });
    expect([await isStored(media.id), await isStored(media.id, 'small')]).toEqual([false, false]);
    expect((await fetch(link)).status).toBe(415);
    expect(asked.filter((path) => path === '/gone.jpg')).toHaveLength(1);
  });
});

describe('a file that one of our people sends', () => {
  const uploads = (mediaIds: string[], conversation = conversationId) =>
    world.neighbours.call(FindUploads, { ...viewer, conversationId: conversation, mediaIds });

  it('is handed in, found for its conversation alone, and served by the link that carriers get', async () => {
    const taken = await handIn(picture);
    expect(taken.status).toBe(201);
    const media = (await taken.json()) as Media;
    expect(media).toEqual({ id: media.id, url: `upload:${media.id}`, contentType: 'image/jpeg' });
    expect(await uploads([media.id])).toEqual({ ok: true, value: [media] });
    expect(await uploads([media.id], 'cv_2')).toMatchObject({ ok: false, error: { code: 'VALIDATION' } });
    const served = await fetch(await linkTo(media));
    expect(Buffer.from(await served.arrayBuffer())).toEqual(picture);
  });

  it('is served as carriers and players want it: by a name, in parts, its head alone, and never as anything else', async () => {
    const media = (await (await handIn(picture)).json()) as Media;
    const link = await linkTo(media);
    const named = link.replace(`/media/${media.id}?`, `/media/${media.id}.jpg?`);
    const whole = await fetch(named);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(picture);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(picture.length),
      'content-disposition': 'inline; filename="picture.jpg"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const head = await fetch(named, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(picture.length));
    const part = await fetch(link, { headers: { range: 'bytes=10-19' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${picture.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(picture.subarray(10, 20));
    const behind = await fetch(link, { headers: { range: `bytes=${picture.length}-` } });
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${picture.length}`]);
    // The name is nobody's word: what is served is the file of the token.
    const page = await fetch(link.replace(media.id, `${media.id}.html`));
    expect(page.headers.get('content-type')).toBe('image/jpeg');
    // Ingest does not stop before whoever began to fetch a file has it.
    expect(Buffer.from(await page.arrayBuffer())).toEqual(picture);
    expect((await fetch(link.replace(media.id, `${media.id}x`))).status).toBe(403);
    expect((await fetch(link.replace(media.id, 'md_other.jpg'))).status).toBe(403);
  });

  it.each<[string, () => Uint8Array, number, string]>([
    ['too large', () => Buffer.concat([picture, Buffer.alloc(MOST_ATTACHMENT_BYTES)]), 413, 'TOO_LARGE'],
    ['a page', () => Buffer.from('<html><script>alert(1)</script></html>'), 400, 'VALIDATION'],
    [
      'a drawing that can run',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      400,
      'VALIDATION',
    ],
    ['empty', () => new Uint8Array(), 400, 'VALIDATION'],
  ])('is refused where it is %s, and nothing is kept', async (_case, body, status, code) => {
    const before = await world.database.collection('media').countDocuments();
    const refused = await handIn(body());
    expect(refused.status).toBe(status);
    expect(await refused.json()).toMatchObject({ code });
    expect(await world.database.collection('media').countDocuments()).toBe(before);
  });

  it('needs a link that was signed for handing in', async () => {
    expect((await handIn(picture, (path) => `${path}x`)).status).toBe(403);
    expect((await handIn(picture, (path) => path.replace('/uploads/', '/uploads/x'))).status).toBe(403);
    const reading = new URL(await linkTo({ id: 'md_1', url: 'upload:md_1', contentType: null }));
    expect((await handIn(picture, () => `/uploads/md_1${reading.search}`)).status).toBe(403);
  });

  it('is forgotten where it was not sent in time, and stays where it was', async () => {
    const [sent, unsent] = await Promise.all(
      [picture, picture].map(async (body) => (await (await handIn(body)).json()) as Media),
    );
    if (!sent || !unsent) throw new Error('they were not taken');
    const messageId = newId('ms');
    await world.neighbours.queue({ messageId, media: [sent] });
    await eventually(async () => expect(await recordOf(sent.id)).toMatchObject({ messageId }));
    await world.database
      .collection<MediaDocument>('media')
      .updateMany({ expiresAt: { $exists: true } }, { $set: { expiresAt: new Date(0) } });
    await eventually(async () => expect(await recordOf(unsent.id)).toBeNull());
    expect([await isStored(unsent.id), await isStored(sent.id)]).toEqual([false, true]);
    await world.neighbours.call(EraseReceipts, { tenantId: 'demo', messageIds: [messageId] });
    expect(await isStored(sent.id)).toBe(false);
  });
});
