import { createHmac, randomUUID } from 'node:crypto';

/** How the demo's carrier accounts sign, written from the carriers' documentation and not with the product's code. */

const TWILIO_URL = 'https://demo.example.com/hooks/twilio/demo-twilio';
const TWILIO_TOKEN = 'demo-twilio-token';
const SIMULATOR_SECRET = 'demo-simulator-secret';

export interface Webhook {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** https://www.twilio.com/docs/usage/webhooks/webhooks-security */
export function twilioWebhook(fields: Record<string, string>, token = TWILIO_TOKEN): Webhook {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, key) => text + key + fields[key], TWILIO_URL);
  return {
    path: '/hooks/twilio/demo-twilio',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64'),
    },
    body: new URLSearchParams(fields).toString(),
  };
}

export function twilioText(
  from: string,
  to: string,
  text: string,
  more: Record<string, string> = {},
): Webhook {
  return twilioWebhook({
    MessageSid: `SM${randomUUID().replaceAll('-', '')}`,
    AccountSid: 'ACdemo00000000000000000000000000000',
    From: from,
    To: to,
    Body: text,
    NumMedia: '0',
    ...more,
  });
}

/** A customer's text through the simulator's account. */
export function simulatorText(
  from: string,
  to: string,
  text: string,
  id: string = randomUUID(),
  media: readonly { readonly url: string; readonly contentType: string }[] = [],
): Webhook {
  return simulatorEvent({ type: 'message.received', data: { id, from, to, text, media } }, id);
}

/** Anything that it tells. https://www.standardwebhooks.com: `{id}.{timestamp}.{body}`, HMAC-SHA256, base64. */
export function simulatorEvent(event: unknown, id: string = randomUUID()): Webhook {
  const body = JSON.stringify(event);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SIMULATOR_SECRET)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return {
    path: '/hooks/simulator/demo-simulator',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}

export function send(hooksUrl: string, { path, headers, body }: Webhook): Promise<Response> {
  return fetch(hooksUrl + path, { method: 'POST', headers, body });
}

/** As a carrier does: again and again until it is accepted. Gives up after a minute. */
export async function sendUntilAccepted(hooksUrl: string, webhook: Webhook): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const status = await send(hooksUrl, webhook).then(
      (response) => response.status,
      () => 0,
    );
    if (status >= 200 && status < 300) return;
    if (status >= 400 && status < 500) throw new Error(`the webhook was refused with ${status}`);
    await new Promise((resume) => setImmediate(resume));
  }
  throw new Error('the webhook was not accepted within a minute');
}
