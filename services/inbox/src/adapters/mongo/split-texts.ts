import type { mongo } from 'mongoose';
import { searchWords } from '../../domain/search-words.js';

const PORTION = 1_000;

/** Texts that were stored before their words were. */
export async function splitTexts(timeline: mongo.Collection): Promise<void> {
  let writes: mongo.AnyBulkWriteOperation[] = [];
  const flush = async () => {
    if (writes.length > 0) await timeline.bulkWrite(writes, { ordered: false });
    writes = [];
  };
  const texts = timeline.find(
    { text: { $exists: true }, tokens: { $exists: false } },
    { projection: { tenantId: 1, text: 1 } },
  );
  for await (const { _id, tenantId, text } of texts) {
    const tokens = searchWords(String(text));
    writes.push({ updateOne: { filter: { _id, tenantId }, update: { $set: { tokens } } } });
    if (writes.length >= PORTION) await flush();
  }
  await flush();
}
