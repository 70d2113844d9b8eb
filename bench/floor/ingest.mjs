// @ts-check
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { encode, ensureStream, GroupCommit, listen, open } from './shared.mjs';

const { js, manager, db } = await open();
await ensureStream(manager, 'floor_in');
const receipts = db.collection('receipts');
const writer = new GroupCommit(receipts);
const secret = process.env.FLOOR_SECRET ?? '';

listen(
  createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    const accept = async () => {
      const body = Buffer.concat(chunks);
      const id = String(request.headers['webhook-id']);
      const expected = createHmac('sha256', secret)
        .update(`${id}.${String(request.headers['webhook-timestamp'])}.`)
        .update(body)
        .digest();
      const given = Buffer.from(String(request.headers['webhook-signature']).slice(3), 'base64');
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        return response.writeHead(403).end();
      const { data } = JSON.parse(body.toString());
      try {
        const duplicate = await writer.add({
          _id: data.id,
          raw: body,
          event: data,
          receivedAt: new Date(),
          landedAt: null,
        });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
        if (!duplicate) await js.publish('floor_in.message', encode(data), { msgID: data.id });
      } catch {
        if (!response.headersSent) response.writeHead(503).end();
      }
    };
    request.on('end', () => void accept());
  }),
);
