import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import { countField, firstIssue, textField } from '../fields.js';

/** Those whose sender is a telephone that a text reaches. */
const CHANNELS: ReadonlySet<string> = new Set(['SMS', 'MMS']);

const event = z.object({
  event: z.string(),
  channel: z.string(),
  sender: z.unknown().optional(),
  destination: z.unknown().optional(),
  messageId: z.unknown().optional(),
  receivedAt: z.unknown().optional(),
  messageCount: countField,
  content: z
    .array(
      z.object({
        type: z.string(),
        text: textField.nullish().catch(null),
        url: z.string().nullish().catch(null),
      }),
    )
    .max(100)
    .nullish(),
});

export const isMessagesApi = (one: unknown): boolean =>
  typeof one === 'object' && one !== null && 'event' in one && 'channel' in one;

/**
 * What the Messages API says, in the words of the SMS API; nothing where it is no message, as that somebody types.
 * Source: MessagesApiWebhookEvent of https://github.com/infobip/infobip-api-java-client
 */
export function fromMessagesApi(one: unknown): Result<object | null, string> {
  const parsed = event.safeParse(one);
  if (!parsed.success) return fail(firstIssue(parsed.error));
  const { event: what, channel, sender, destination, content, messageCount, ...rest } = parsed.data;
  if (what !== 'MO') return ok(null);
  if (!CHANNELS.has(channel)) return fail(`channel ${channel.slice(0, 32)} is not one of texts`);
  const parts = content ?? [];
  const said = parts.filter(({ type, text }) => text && type !== 'SUBJECT');
  const files = parts.flatMap(({ url }) => (url ? [{ url }] : []));
  // The subject of an MMS counts where it is all there is.
  const texts = said.length + files.length > 0 ? said : parts;
  const message = [...texts.map(({ text }) => ({ value: text })), ...files];
  return ok({ ...rest, from: sender, to: destination, smsCount: messageCount, message });
}
