import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { verifySignature } from '@vonage/jwt';
import fc from 'fast-check';
import { jwtClaims } from '../jwt.js';

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe("beside Vonage's own library", () => {
  it('the same tokens are signed with the secret', () => {
    const secret = fc.string({ minLength: 1, maxLength: 40 });
    // Theirs is asked about what Vonage sends, HS256; ours takes MessageBird's HS384 and HS512, too.
    const algorithm = fc.constantFrom('HS256', 'none', 'HS1', 'hs256', undefined);
    const change = fc.constantFrom(
      'nothing',
      'secret',
      'claims',
      'signature',
      'no signature',
      'a fourth part',
    );
    const claims = fc.record({ iss: fc.constant('Vonage'), api_key: fc.string(), payload_hash: fc.string() });
    fc.assert(
      fc.property(secret, claims, algorithm, change, (secret, claims, alg, change) => {
        const head = part({ alg, typ: 'JWT' });
        const payload = part(claims);
        const key = change === 'secret' ? `${secret}x` : secret;
        const mac = createHmac('sha256', key).update(`${head}.${payload}`).digest('base64url');
        const tail = { signature: `.${mac.slice(1)}`, 'no signature': '.', 'a fourth part': `.${mac}.x` };
        const end = change in tail ? tail[change as keyof typeof tail] : `.${mac}`;
        const token = `${head}.${change === 'claims' ? part({ ...claims, iss: 'Vonago' }) : payload}${end}`;
        const ours = jwtClaims(token, [secret]);
        expect(ours !== null).toBe(verifySignature(token, secret));
        expect(ours).toEqual(alg === 'HS256' && change === 'nothing' ? claims : null);
      }),
      { numRuns: 300 },
    );
  });
});
