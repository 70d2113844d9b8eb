import { setTimeout as pause } from 'node:timers/promises';
import Fastify, { LogController, type FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { CarrierNetwork } from './carrier.js';
import { Live } from './live.js';
import { phoneApi } from './phone-api.js';
import { BadPicture } from './pictures.js';
import { Poster, type PosterLog } from './poster.js';
import { simulatorApi } from './simulator-api.js';
import { Store } from './store.js';
import { twilioApi } from './twilio-api.js';

export interface AppOptions {
  readonly mongodbUrl: string;
  readonly database: string;
  readonly hooksUrl: string;
  /** Where ingest fetches pictures; the address it listens on unless given. */
  readonly ownUrl: string | undefined;
  readonly logLevel: string;
}

/** The whole simulator, not yet listening. `close()` ends everything it started. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: options.logLevel, base: { service: 'simulator' } },
    logController: new LogController({ disableRequestLogging: true }),
    // Open event streams and calls that hang on purpose must not keep it from stopping.
    forceCloseConnections: true,
    rewriteUrl: ({ url = '/' }) => url.replace(/^\/simulator(?=\/api\/)/, ''),
  });
  const store = new Store(options.mongodbUrl, options.database);
  const live = new Live();
  const poster = new Poster(store, live, options.hooksUrl, app.log);
  const network = new CarrierNetwork(store, live, poster);

  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ZodError) {
      const messages = error.issues.map(({ path, message }) =>
        [path.join('.'), message].filter(Boolean).join(' '),
      );
      return reply.status(400).send({ message: messages.join('; ') });
    }
    if (error instanceof BadPicture) return reply.status(422).send({ message: error.message });
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
    if (status < 500 && error instanceof Error) return reply.status(status).send({ message: error.message });
    request.log.error({ err: error }, 'A request failed');
    return reply
      .status(503)
      .send({ message: 'The phone simulator cannot do this now; its log says why. Try again.' });
  });

  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/health/ready', async (_request, reply) => {
    try {
      await store.ping();
      return { status: 'ok' };
    } catch (error) {
      return reply
        .status(503)
        .send({ status: 'error', message: `MongoDB cannot be reached: ${String(error)}` });
    }
  });
  phoneApi(app, { store, live, poster, mediaBase: () => options.ownUrl ?? app.listeningOrigin });
  await simulatorApi(app, network);
  await twilioApi(app, network);

  const stopping = new AbortController();
  const prepared = prepare(store, stopping.signal, app.log);
  poster.start();
  app.addHook('onClose', async () => {
    stopping.abort();
    await prepared;
    await poster.stop();
    await store.close();
  });
  return app;
}

/** The database may come up later than this process. */
async function prepare(store: Store, signal: AbortSignal, log: PosterLog): Promise<void> {
  while (!signal.aborted) {
    try {
      await store.prepare();
      return;
    } catch (error) {
      log.warn(`MongoDB is not ready yet: ${String(error)}`);
      await pause(1_000, undefined, { signal }).catch(() => undefined);
    }
  }
}
