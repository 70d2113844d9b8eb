import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Ends, when the server closes, connections on which nothing is asked. Node ends only those that had a request before;
 * browsers open some ahead of need, and each would hold up the shutdown until it times out.
 */
export function endQuietConnections(fastify: FastifyInstance): void {
  const { server } = fastify;
  const quiet = new Set<Socket>();
  let closing = false;

  server.on('connection', (socket) => {
    if (closing) {
      socket.destroy();
      return;
    }
    quiet.add(socket);
    socket.once('close', () => quiet.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    quiet.delete(socket);
    response.once('close', () => {
      if (closing) socket.end();
      else if (!socket.destroyed) quiet.add(socket);
    });
  });
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of quiet) socket.destroy();
    done();
  });
}
