import { z } from 'zod';
import type { WebhookRequest } from '../carrier.js';
import { bodyText, contentType, parseJson } from '../payload.js';

const value = z.union([z.string(), z.number().transform(String), z.unknown().transform(() => null)]);
const event = z.object({ type: z.string(), data: z.record(z.string(), value) });
const events = z
  .array(z.object({ specversion: z.string() }).catchall(z.unknown()))
  .min(1)
  .max(1000);
const OF_TEXTS = /^com\.twilio\.messaging\.(inbound-)?message\.[a-z-]+$/;

/**
 * The texts and statuses of a batch of Event Streams, with the names that webhooks have; null: it is no such batch.
 * Source: https://www.twilio.com/docs/events/event-types/messaging/inbound-message
 */
export function twilioEvents(request: WebhookRequest): URLSearchParams[] | null {
  if (request.method !== 'POST' || !contentType(request).includes('json')) return null;
  const batch = events.safeParse(parseJson(bodyText(request)));
  if (!batch.success) return null;
  return batch.data.flatMap((one) => {
    const told = event.safeParse(one);
    return told.success && OF_TEXTS.test(told.data.type) ? [asForm(told.data.data)] : [];
  });
}

function asForm(data: Readonly<Record<string, string | null>>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) {
    if (value === null) continue;
    const ours = name.charAt(0).toUpperCase() + name.slice(1);
    form.set(ours, ours === 'MessageStatus' ? value.toLowerCase() : value);
  }
  return form;
}
