// @ts-check
// What a carrier's signature costs at least: one check by node:crypto, and the one text in the webhook.
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** @typedef {{ id: string }} FloorText */
/** @typedef {(headers: import('node:http').IncomingHttpHeaders, body: Buffer) => FloorText | null} Verify null: refused */

/** @param {Buffer} expected @param {string} given */
const same = (expected, given) => {
  const bytes = Buffer.from(given, 'base64');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
};

/** @type {Record<string, (key: string, signedUrl: string) => Verify>} */
export const VERIFIERS = {
  simulator: (key) => (headers, body) => {
    const expected = createHmac('sha256', key)
      .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`)
      .update(body)
      .digest();
    if (!same(expected, String(headers['webhook-signature']).slice(3))) return null;
    return JSON.parse(body.toString()).data;
  },
  twilio: (key, signedUrl) => (headers, body) => {
    const fields = [...new URLSearchParams(body.toString())].sort(([a], [b]) => (a < b ? -1 : 1));
    const expected = createHmac('sha1', key)
      .update(signedUrl + fields.flat().join(''))
      .digest();
    if (!same(expected, String(headers['x-twilio-signature']))) return null;
    const text = Object.fromEntries(fields);
    return { ...text, id: text['MessageSid'] ?? '' };
  },
  telnyx: (key) => {
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key, 'base64')]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return (headers, body) => {
      const signed = Buffer.concat([Buffer.from(`${String(headers['telnyx-timestamp'])}|`), body]);
      const signature = Buffer.from(String(headers['telnyx-signature-ed25519']), 'base64');
      return verify(null, signed, publicKey, signature) ? JSON.parse(body.toString()).data.payload : null;
    };
  },
};
