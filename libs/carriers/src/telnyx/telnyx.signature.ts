import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { fail, ok, type Result } from '@partyline/kernel';
import type { OpenAccount, WebhookRequest } from '../carrier.js';

/** What stands before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410). */
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const WINDOW_SECONDS = 300;

/** The key as the Telnyx portal shows it: base64 of 32 bytes. null: it is none. */
export function telnyxKey(publicKey: string): KeyObject | null {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== 32) return null;
  try {
    return createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

/**
 * Ed25519 over `timestamp|raw body`, at most 5 minutes old or ahead.
 * Source: https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks
 */
export function verifyTelnyxWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  const signature = request.headers['telnyx-signature-ed25519'];
  const timestamp = request.headers['telnyx-timestamp'];
  if (!signature || !timestamp) return fail('telnyx-signature-ed25519 or telnyx-timestamp is missing');
  if (!/^\d{1,12}$/.test(timestamp)) return fail('telnyx-timestamp is not in seconds');
  const off = Math.abs(request.receivedAt.getTime() / 1000 - Number(timestamp));
  if (off > WINDOW_SECONDS) return fail('telnyx-timestamp is more than 5 minutes off: check the clock here');
  const signed = Buffer.concat([Buffer.from(`${timestamp}|`), request.body]);
  const given = Buffer.from(signature, 'base64');
  const fits = keysOf(account.settings).some(
    (key) => given.length === 64 && verify(null, signed, key, given),
  );
  return fits
    ? ok(null)
    : fail('telnyx-signature-ed25519 does not fit: check the public key in Telnyx under Keys & Credentials');
}

type Settings = OpenAccount['settings'];

/** Reading a key costs more than checking a signature with it. */
const readKeys = new WeakMap<Settings, readonly KeyObject[]>();

function keysOf(settings: Settings): readonly KeyObject[] {
  const known = readKeys.get(settings);
  if (known) return known;
  const keys = [settings['publicKey'], settings['previousPublicKey']]
    .map((publicKey) => (publicKey === undefined ? null : telnyxKey(publicKey)))
    .filter((key) => key !== null);
  readKeys.set(settings, keys);
  return keys;
}
