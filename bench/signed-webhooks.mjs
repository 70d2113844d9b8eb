// @ts-check
// Signed webhooks of three carriers, made as fast as the load needs them: both sides get the same kind.
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

/** @typedef {{ method: 'POST', path: string, headers: Record<string, string>, body: string }} SignedWebhook */
/** @typedef {'simulator' | 'twilio' | 'telnyx'} CarrierName */
/**
 * @typedef {object} BenchCarrier
 * @property {CarrierName} name
 * @property {string} accountId
 * @property {Record<string, string>} settings of its account
 * @property {Record<string, string>} secrets of its account
 * @property {string} key what the floor needs to check signatures
 * @property {(path: string, from: string, text: string) => SignedWebhook} webhook
 */

const OUR_NUMBER = '+12125550101';
/** What Twilio signs with the form: the address that stands with the account. */
export const publicUrlOf = (/** @type {string} */ accountId, /** @type {string} */ carrier) =>
  `https://texts.example.com/hooks/${carrier}/${accountId}`;

const seconds = () => String(Math.floor(Date.now() / 1000));

/** @returns {BenchCarrier} */
function simulator() {
  const signingSecret = 'bench-signing-secret';
  return {
    name: 'simulator',
    accountId: 'bench-simulator',
    settings: { apiBase: 'https://carrier.example.com' },
    secrets: { signingSecret },
    key: signingSecret,
    webhook(path, from, text) {
      const id = randomUUID();
      const body = JSON.stringify({
        type: 'message.received',
        data: { id, from, to: OUR_NUMBER, text, media: [] },
      });
      const timestamp = seconds();
      const signature = createHmac('sha256', signingSecret)
        .update(`${id}.${timestamp}.${body}`)
        .digest('base64');
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      };
      return { method: 'POST', path, headers, body };
    },
  };
}

/** @returns {BenchCarrier} */
function twilio() {
  const accountSid = `AC${'0'.repeat(32)}`;
  const authToken = 'bench-auth-token';
  const accountId = 'bench-twilio';
  return {
    name: 'twilio',
    accountId,
    settings: { accountSid },
    secrets: { authToken },
    key: authToken,
    webhook(path, from, text) {
      const sid = `SM${randomUUID().replaceAll('-', '')}`;
      // In the order of their names, as they are signed.
      const fields = {
        AccountSid: accountSid,
        ApiVersion: '2010-04-01',
        Body: text,
        From: from,
        MessageSid: sid,
        NumMedia: '0',
        NumSegments: '1',
        SmsMessageSid: sid,
        SmsSid: sid,
        SmsStatus: 'received',
        To: OUR_NUMBER,
      };
      const signed = publicUrlOf(accountId, 'twilio') + Object.entries(fields).flat().join('');
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': createHmac('sha1', authToken).update(signed).digest('base64'),
      };
      return { method: 'POST', path, headers, body: new URLSearchParams(fields).toString() };
    },
  };
}

/** @returns {BenchCarrier} */
function telnyx() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
  return {
    name: 'telnyx',
    accountId: 'bench-telnyx',
    settings: { publicKey: raw },
    secrets: { apiKey: 'bench-api-key' },
    key: raw,
    webhook(path, from, text) {
      const body = JSON.stringify({
        data: {
          event_type: 'message.received',
          id: randomUUID(),
          occurred_at: new Date().toISOString(),
          payload: {
            id: randomUUID(),
            direction: 'inbound',
            from: { phone_number: from, carrier: 'Bench', line_type: 'Wireless' },
            to: [{ phone_number: OUR_NUMBER, status: 'webhook_delivered' }],
            text,
            media: [],
            parts: 1,
            received_at: new Date().toISOString(),
            type: 'SMS',
          },
          record_type: 'event',
        },
        meta: { attempt: 1, delivered_to: publicUrlOf('bench-telnyx', 'telnyx') },
      });
      const timestamp = seconds();
      const headers = {
        'content-type': 'application/json',
        'telnyx-timestamp': timestamp,
        'telnyx-signature-ed25519': sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString(
          'base64',
        ),
      };
      return { method: 'POST', path, headers, body };
    },
  };
}

export const benchCarriers = () => [simulator(), twilio(), telnyx()];
