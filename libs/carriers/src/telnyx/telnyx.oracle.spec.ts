import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Telnyx } from 'telnyx';
import { telnyx } from './telnyx.carrier.js';

const keys = Array.from({ length: 2 }, () => generateKeyPairSync('ed25519'));
const [ours, others] = keys;
const publicKey =
  ours?.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64') ?? '';
const sdk = new Telnyx({ apiKey: 'KEY', publicKey });
const account = { id: 'acme', publicUrl: 'https://texts.example.com/', settings: { publicKey }, secrets: {} };

async function theirVerdict(body: string, headers: Record<string, string>): Promise<boolean> {
  try {
    await sdk.webhooks.unwrap(body, { headers });
    return true;
  } catch {
    return false;
  }
}

describe("beside Telnyx's own library", () => {
  it('the same webhooks fit', async () => {
    // Far from the ends of the window, because theirs reads the clock by itself.
    const age = fc.constantFrom(0, -250, 250, -400, 400, 86_400);
    const change = fc.constantFrom('nothing', 'key', 'body', 'timestamp', 'signature', 'no signature');
    await fc.assert(
      fc.asyncProperty(fc.json(), age, change, async (body, age, change) => {
        const now = new Date();
        const timestamp = String(Math.floor(now.getTime() / 1000) + age);
        const { privateKey } = (change === 'key' ? others : ours) ?? generateKeyPairSync('ed25519');
        const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString('base64');
        const headers = {
          'telnyx-timestamp': change === 'timestamp' ? `${timestamp}0` : timestamp,
          'telnyx-signature-ed25519':
            change === 'signature' ? signature.slice(0, 40) : change === 'no signature' ? '' : signature,
        };
        const seen = change === 'body' ? `${body} ` : body;
        const request = {
          method: 'POST' as const,
          query: '',
          headers,
          body: Buffer.from(seen),
          receivedAt: now,
        };
        const theirs = await theirVerdict(seen, headers);
        expect(telnyx.verify(request, account).ok).toBe(theirs);
        expect(theirs).toBe(change === 'nothing' && Math.abs(age) < 300);
      }),
    );
  });
});
