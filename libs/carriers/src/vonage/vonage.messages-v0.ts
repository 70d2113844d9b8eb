import { z } from 'zod';

const party = z.object({ type: z.string(), number: z.unknown().optional(), id: z.unknown().optional() });
const version0 = z
  .object({
    from: party,
    to: party,
    message: z.object({ content: z.looseObject({ type: z.string() }) }).optional(),
  })
  .catchall(z.unknown());

/** A webhook of the Messages API 0.1, which older applications still get, with the names of version 1. */
export function asVersion1(json: object): object {
  const parsed = version0.safeParse(json);
  if (!parsed.success) return json;
  const { from, to, message, ...rest } = parsed.data;
  const { type, ...content } = message?.content ?? {};
  return {
    ...content,
    ...rest,
    channel: from.type,
    from: from.number ?? from.id,
    to: to.number ?? to.id,
    ...(type === undefined ? {} : { message_type: type }),
  };
}
