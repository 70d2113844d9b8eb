import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '@partyline/kernel';
import { z } from 'zod';
import { NUMBERS } from './demo.js';
import { Live } from './live.js';
import { MAX_PICTURE_BYTES, pictureOf, picturesOf, shown } from './pictures.js';
import { Poster } from './poster.js';
import { Store } from './store.js';
import { e164, newTextSchema, type Text, type Thread } from './texts.js';

/** How long a sender waits to hear whether Partyline took the text; it is kept and tried on after that. */
const OUTCOME_MS = 15_000;
const HEARTBEAT_MS = 15_000;

export interface PhoneParts {
  readonly store: Store;
  readonly live: Live;
  readonly poster: Poster;
  /** Where ingest fetches pictures from. */
  readonly mediaBase: () => string;
}

const ofPhone = z.object({ phone: e164 });

/** What the page `/simulator` and `partyline text` use: a customer's phone. */
export function phoneApi(app: FastifyInstance, parts: PhoneParts): void {
  const { store } = parts;

  app.get('/api/numbers', () => ({ numbers: NUMBERS }));

  const threadsOf = async (request: FastifyRequest): Promise<object> => {
    const { phone } = ofPhone.parse(request.query);
    const threads = (await store.lastTexts(phone)).map((last): Thread => {
      const known = NUMBERS.find(({ number }) => number === last.number);
      return { number: last.number, name: known?.name ?? null, about: known?.about ?? null, last };
    });
    return { phone, threads };
  };
  app.route({ method: 'GET', url: '/api/threads', handler: threadsOf });

  const threadOf = async (request: FastifyRequest): Promise<object> => {
    const { phone } = ofPhone.parse(request.query);
    const { number } = z.object({ number: e164 }).parse(request.params);
    return { phone, number, texts: await store.thread(phone, number) };
  };
  app.route({ method: 'GET', url: '/api/threads/:number', handler: threadOf });

  app.post('/api/texts', { bodyLimit: 8 * MAX_PICTURE_BYTES }, async (request, reply) => {
    const text = await sendText(newTextSchema.parse(request.body), parts);
    if (text.state === 'refused') return reply.status(502).send({ message: text.reason, text });
    return reply.status(text.state === 'accepted' ? 201 : 202).send({ text });
  });

  app.addContentTypeParser(
    /^image\//,
    { parseAs: 'buffer', bodyLimit: MAX_PICTURE_BYTES + 1 },
    (_, body, done) => done(null, body),
  );
  app.post('/api/media', { bodyLimit: MAX_PICTURE_BYTES + 1 }, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) {
      return reply
        .status(415)
        .send({ message: 'Post the picture itself, with its content type: image/png, for example' });
    }
    const picture = pictureOf(request.body);
    await store.addPicture(picture);
    return reply.status(201).send({ id: picture.id, ...shown(picture) });
  });

  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { id } = z.object({ id: z.string() }).parse(request.params);
    const picture = await store.picture(id);
    if (!picture) return reply.status(404).send({ message: 'There is no such picture' });
    return reply
      .headers({
        'content-type': picture.contentType,
        'cache-control': 'private, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .send(picture.bytes);
  };
  app.get('/media/:id', serve);
  app.get('/api/media/:id', serve);

  app.get('/api/events', (request, reply) => {
    const { phone } = ofPhone.parse(request.query);
    follow(phone, parts.live, reply);
  });
}

/** A text of the customer: kept first, then posted to Partyline until it takes it. */
async function sendText(given: z.output<typeof newTextSchema>, parts: PhoneParts): Promise<Text> {
  const { store, live, poster, mediaBase } = parts;
  const pictures = await picturesOf(given.media, store);
  const id = newId('sim');
  const text: Text = {
    id,
    phone: given.from,
    number: given.to,
    direction: 'out',
    text: given.text,
    media: pictures.map(shown),
    at: new Date().toISOString(),
    state: 'sending',
    reason: null,
  };
  await store.addText(text);
  live.tell(text);
  const media = pictures.map((one) => ({
    url: `${mediaBase()}/media/${one.id}`,
    contentType: one.contentType,
  }));
  const data = { id, from: given.from, to: given.to, text: given.text, media };
  const outcome = poster.settled(id, OUTCOME_MS);
  await store.addWebhooks([
    {
      id,
      textId: id,
      content: { carrier: 'simulator', query: '', event: { type: 'message.received', data } },
      state: 'waiting',
      tells: null,
      tries: 0,
      dueAt: new Date(),
    },
  ]);
  poster.kick();
  await outcome;
  return (await store.text(id)) ?? text;
}

/** Server-sent events: one `text` for each text that is new on this phone or has changed. */
function follow(phone: string, live: Live, reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 1000\n\n');
  const end = live.follow(phone, (text) => raw.write(`event: text\ndata: ${JSON.stringify(text)}\n\n`));
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  raw.on('close', () => {
    clearInterval(heartbeat);
    end();
  });
}
