// @ts-check
import { createServer } from 'node:http';
import { jetstream } from '@nats-io/jetstream';
import { ensureStream, listen, open } from './shared.mjs';

const { nats, manager } = await open();
await ensureStream(manager, 'floor_out');
/** @type {Set<import('node:http').ServerResponse>} */
const viewers = new Set();
listen(
  createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: ready\ndata: {}\n\n');
    viewers.add(response);
    response.on('close', () => viewers.delete(response));
  }),
);
const consumer = await jetstream(nats).consumers.get('floor_out', { deliver_policy: 'new' });
for await (const message of await consumer.consume()) {
  const frame = `event: conversation\nid: ${message.seq}\ndata: ${message.string()}\n\n`;
  for (const viewer of viewers) viewer.write(frame);
}
