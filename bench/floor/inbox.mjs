// @ts-check
// The log: one entry per text, unique (conversation, seq), and the projection beside it.
import { consume, encode, ensureStream, open } from './shared.mjs';

const connections = await open();
const { db, js, manager } = connections;
await ensureStream(manager, 'floor_out');
const timeline = db.collection('timeline');
/** @type {import('mongodb').Collection<any>} */
const conversations = db.collection('conversations');
await timeline.createIndex({ conversation: 1, seq: 1 }, { unique: true });
process.send?.({ port: 0 });

await consume(connections, 'floor_routed', async (batch) => {
  /** @type {any[]} */
  let rest = batch;
  while (rest.length > 0) {
    const round = new Map();
    const later = [];
    for (const text of rest) {
      if (round.has(text.from)) later.push(text);
      else round.set(text.from, text);
    }
    rest = later;
    const known = await conversations.find({ _id: { $in: [...round.keys()] } }).toArray();
    const seqs = new Map(known.map((one) => [one._id, one.seq]));
    const entries = [...round.values()].map((text) => ({
      conversation: text.from,
      seq: (seqs.get(text.from) ?? 0) + 1,
      messageId: text.id,
      text: text.text,
      at: new Date(),
    }));
    await timeline.insertMany(entries, { ordered: false });
    await conversations.bulkWrite(
      entries.map(({ conversation, seq, text }) => ({
        updateOne: {
          filter: { _id: conversation },
          update: { $set: { seq, preview: text } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
    await Promise.all(
      entries.map((entry) => js.publish('floor_out.message', encode(entry), { msgID: entry.messageId })),
    );
  }
});
