// @ts-check
// Where the product routes: takes each text from one stream and gives it to the next.
import { consume, encode, ensureStream, open } from './shared.mjs';

const connections = await open();
await ensureStream(connections.manager, 'floor_routed');
process.send?.({ port: 0 });
await consume(connections, 'floor_in', async (batch) => {
  await Promise.all(
    batch.map((text) => connections.js.publish('floor_routed.message', encode(text), { msgID: text.id })),
  );
});
