import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const ONE_YEAR = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
/** Under these there are no pages of the client: what is not there is not found. */
const NO_PAGES = /^\/(?:api|assets|health|metrics|docs|openapi\.json)(?:[/?]|$)/;

/**
 * The built client: hashed assets for ever, everything else after asking, precompressed where the build made it so.
 * Addresses of the client's own router get its index.html.
 */
export async function webApp(fastify: FastifyInstance, dist: string | undefined): Promise<void> {
  const root = dist === undefined ? undefined : resolve(dist);
  if (root === undefined || !existsSync(join(root, 'index.html'))) {
    fastify.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(NOT_BUILT));
    return;
  }
  const files = filesOf(root);
  await fastify.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false });
  fastify.get('/*', { exposeHeadRoute: true }, (request, reply) => answer(files, request, reply));
}

const NOT_BUILT =
  'The web client is not built. Run "npm run build" and start again; the API is at /api/v1, its documentation at /docs.\n';

function answer(files: ReadonlySet<string>, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = decoded(request.url.split('?', 1)[0] ?? '/');
  if (path !== null && files.has(path)) {
    const hashed = path.startsWith('/assets/');
    return reply.header('cache-control', hashed ? ONE_YEAR : ASK_AGAIN).sendFile(path.slice(1));
  }
  if (path === null || NO_PAGES.test(path) || !wantsPage(path, request)) {
    reply.callNotFound();
    return reply;
  }
  return reply.header('cache-control', ASK_AGAIN).sendFile('index.html');
}

/** A browser that goes somewhere, or somebody with curl; not one that looks for a file. */
const wantsPage = (path: string, { headers }: FastifyRequest): boolean =>
  headers.accept?.includes('text/html') === true ||
  headers['sec-fetch-mode'] === 'navigate' ||
  (headers.accept?.startsWith('*/*') !== false && !/\.[^/]*$/.test(path));

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** All files by their address; nothing outside of this list is ever opened. */
function filesOf(root: string): ReadonlySet<string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')}`),
  );
}
