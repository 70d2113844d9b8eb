import type { FastifyReply, FastifyRequest } from 'fastify';

/** Never answers: keeps the connection until the caller gives up. */
export async function hang(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  reply.hijack();
  if (!request.raw.socket.destroyed) {
    await new Promise<void>((resolve) => {
      request.raw.socket.once('close', () => resolve());
    });
  }
  return reply;
}
