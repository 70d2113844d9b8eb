// @ts-check
import { createServer } from 'node:http';
import { encode, ensureStream, GroupCommit, listen, open } from './shared.mjs';
import { VERIFIERS } from './verify.mjs';

const { js, manager, db } = await open();
await ensureStream(manager, 'floor_in');
const receipts = db.collection('receipts');
const writer = new GroupCommit(receipts);
const { FLOOR_CARRIER = 'simulator', FLOOR_SECRET = '', FLOOR_SIGNED_URL = '' } = process.env;
const read = VERIFIERS[FLOOR_CARRIER]?.(FLOOR_SECRET, FLOOR_SIGNED_URL);
if (!read) throw new Error(`The floor knows no carrier "${FLOOR_CARRIER}"`);

listen(
  createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    const accept = async () => {
      const body = Buffer.concat(chunks);
      const event = read(request.headers, body);
      if (!event) return response.writeHead(403).end();
      try {
        const duplicate = await writer.add({
          _id: event.id,
          raw: body,
          event,
          receivedAt: new Date(),
          landedAt: null,
        });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
        if (!duplicate) await js.publish('floor_in.message', encode(event), { msgID: event.id });
      } catch {
        if (!response.headersSent) response.writeHead(503).end();
      }
    };
    request.on('end', () => void accept());
  }),
);
