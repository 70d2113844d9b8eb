import { z } from 'zod';
import { InvalidCursor } from '../../application/conversation-list.js';

const positionSchema = z.tuple([z.string().max(100), z.string().max(200)]);
/** The sort value and the id of the last row of a page. */
export type PagePosition = z.infer<typeof positionSchema>;

export const encodeCursor = (position: PagePosition): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

export function decodeCursor(cursor: string): PagePosition {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw new InvalidCursor('not a cursor of ours', { cause: error });
  }
}

/** Only what comes after that row in an order by (`field`, `_id`). Its first part bounds the index scan. */
export function afterPosition<I>(field: string, direction: 1 | -1, value: string, id: I) {
  const [beyond, from] = direction === 1 ? (['$gt', '$gte'] as const) : (['$lt', '$lte'] as const);
  return {
    [field]: { [from]: value },
    $or: [{ [field]: { [beyond]: value } }, { [field]: value, _id: { [beyond]: id } }],
  };
}
