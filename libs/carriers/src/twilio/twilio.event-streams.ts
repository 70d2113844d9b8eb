import { z } from 'zod';
import type { WebhookRequest } from '../carrier.js';
import { bodyText, contentType, parseJson } from '../payload.js';

const value = z.union([z.string(), z.number().transform(String), z.unknown().transform(() => null)]);
const recipients = z.object({ recipients: z.array(z.string()) });
const event = z.object({ type: z.string(), data: z.unknown() });
const data = z.record(z.string(), value);
const cloudEvent = z.object({ specversion: z.string() }).catchall(z.unknown());
const events = z.union([z.array(cloudEvent).min(1).max(1000), cloudEvent.transform((one) => [one])]);
const OF_TEXTS = /^com\.twilio\.messaging\.(inbound-)?message\.([a-z-]+)$/;

/**
 * The texts and statuses of an event of Event Streams or a batch of them, with the names that webhooks have; null: it is no such batch.
 * Source: https://www.twilio.com/docs/events/event-types/messaging/inbound-message
 */
export function twilioEvents(request: WebhookRequest): URLSearchParams[] | null {
  if (request.method !== 'POST' || !contentType(request).includes('json')) return null;
  const batch = events.safeParse(parseJson(bodyText(request)));
  if (!batch.success) return null;
  return batch.data.flatMap((one) => {
    const told = event.safeParse(one);
    const [, inbound, word = ''] = OF_TEXTS.exec(told.data?.type ?? '') ?? [];
    if (!told.success || word === '') return [];
    return [asForm(told.data.data, inbound === undefined ? word : null)];
  });
}

/** `word`: what the type says of a message of ours, where the data do not. */
function asForm(said: unknown, word: string | null): URLSearchParams {
  const form = new URLSearchParams(word === null ? {} : { MessageStatus: word });
  for (const [name, value] of Object.entries(data.safeParse(said).data ?? {})) {
    if (value === null) continue;
    const ours = name.charAt(0).toUpperCase() + name.slice(1);
    form.set(ours, ours === 'MessageStatus' ? value.toLowerCase() : value);
  }
  for (const [index, address] of (recipients.safeParse(said).data?.recipients ?? []).entries()) {
    form.set(`OtherRecipients${index}`, address);
  }
  return form;
}
