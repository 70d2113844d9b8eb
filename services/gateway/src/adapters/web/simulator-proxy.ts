import httpProxy from '@fastify/http-proxy';
import type { FastifyInstance } from 'fastify';

/** The demo's phone simulator behind our own address, so that its page needs no other. */
export async function simulatorProxy(fastify: FastifyInstance, simulatorUrl: string): Promise<void> {
  for (const part of ['api', 'media']) {
    await fastify.register(async (instance) => {
      // Bodies go through as they are; Nest's parsers would have read them.
      instance.removeAllContentTypeParsers();
      await instance.register(httpProxy, {
        upstream: simulatorUrl,
        prefix: `/simulator/${part}`,
        rewritePrefix: `/${part}`,
      });
    });
  }
}
