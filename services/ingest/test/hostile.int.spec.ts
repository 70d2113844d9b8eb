import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signTwilioRequest } from '@partyline/carriers';
import { CreateCarrierAccount, ListRefusedWebhooks, problemSchema } from '@partyline/contracts';
import { eventually } from '@partyline/testing';
import fc from 'fast-check';
import { z } from 'zod';
import { World } from './support/world.js';

/** What each carrier documents, from beside its adapter. */
const words = z.record(z.string(), z.string());
const documented = z.object({
  account: z.object({ settings: words, secrets: words }),
  webhooks: z.array(
    z.object({
      query: z.string().default(''),
      contentType: z.string().optional(),
      json: z.unknown().optional(),
      form: words.optional(),
      text: z.string().optional(),
    }),
  ),
});
type Documented = z.infer<typeof documented>;

const FOLDER = new URL('../../../libs/carriers/src/', import.meta.url);
const all = new Map<string, Documented>();
for (const { name } of readdirSync(FOLDER, { withFileTypes: true }).filter((one) => one.isDirectory())) {
  const files = readdirSync(new URL(`${name}/`, FOLDER));
  if (!files.includes('fixtures')) continue;
  if (!readdirSync(new URL(`${name}/fixtures/`, FOLDER)).includes('documented.json')) continue;
  const file = new URL(`${name}/fixtures/documented.json`, FOLDER);
  all.set(name, documented.parse(JSON.parse(readFileSync(file, 'utf8'))));
}
const CARRIERS = [...all.keys()];
// Signed otherwise, in a way of its own for each kind of body.
Object.assign(all.get('vonage')?.account ?? {}, { secrets: { apiSecret: 'secret', webhookSecret: 'hush' } });
const viewer = { tenantId: 'demo', userId: 'ada', correlationId: 'co_1' };
const publicUrl = (carrier: string): string => `https://demo.example.com/hooks/${carrier}/hostile-${carrier}`;
const ed25519 = generateKeyPairSync('ed25519');
const ed25519Key = ed25519.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
/** Some of a minute are kept; more must not be posted to one account. */
const POSTS = 30;

let world: World;
beforeAll(async () => {
  world = await World.start();
  for (const [carrier, { account }] of all) {
    const secrets = { ...account.secrets };
    const settings: Record<string, string> = { ...account.settings };
    if (carrier === 'telnyx') settings['publicKey'] = ed25519Key;
    // Else its certificates were looked for, which are nowhere in a test.
    if (carrier === 'aws') settings['topicArns'] = 'arn:aws:sns:us-east-1:123456789012:never-used';
    const of = {
      id: `hostile-${carrier}`,
      carrier,
      name: carrier,
      publicUrl: publicUrl(carrier),
      active: true,
    };
    const created = await world.neighbours.call(CreateCarrierAccount, {
      ...viewer,
      account: { ...of, settings, secrets },
    });
    if (!created.ok) throw new Error(`${carrier}: ${created.error.message}`);
  }
}, 120_000);
afterAll(async () => {
  await world?.stop();
}, 60_000);

interface Post {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** With what this carrier shows to be itself, so that what is wrong with the rest comes to light. */
function signed(carrier: string, post: Post): Post {
  const secrets = all.get(carrier)?.account.secrets ?? {};
  const queried = (query: string): string => (post.query === '' ? query : `${post.query}&${query}`);
  const headers = (more: Record<string, string>): Post => ({
    ...post,
    headers: { ...post.headers, ...more },
  });
  const url = publicUrl(carrier) + (post.query === '' ? '' : `?${post.query}`);
  const seconds = String(Math.floor(Date.now() / 1000));
  const hmac = (key: string, ...of: (string | Buffer)[]): string =>
    of.reduce((mac, one) => mac.update(one), createHmac('sha256', key)).digest('base64');
  switch (carrier) {
    case 'twilio':
    case 'signalwire': {
      const key = secrets[carrier === 'twilio' ? 'authToken' : 'signingKey'] ?? '';
      const hash = createHash('sha256').update(post.body).digest('hex');
      const query = queried(`bodySHA256=${hash}`);
      const signature = signTwilioRequest(key, `${publicUrl(carrier)}?${query}`);
      const header = carrier === 'twilio' ? 'x-twilio-signature' : 'x-signalwire-signature';
      return { ...headers({ [header]: signature }), query };
    }
    case 'telnyx': {
      const signature = sign(
        null,
        Buffer.concat([Buffer.from(`${seconds}|`), post.body]),
        ed25519.privateKey,
      );
      return headers({
        'telnyx-timestamp': seconds,
        'telnyx-signature-ed25519': signature.toString('base64'),
      });
    }
    case 'plivo':
      return headers({
        'x-plivo-signature-v2': hmac(secrets['authToken'] ?? '', `${publicUrl(carrier)}n`),
        'x-plivo-signature-v2-nonce': 'n',
      });
    case 'sinch':
      return headers({
        'x-sinch-webhook-signature': hmac(secrets['signingSecret'] ?? '', post.body, `.n.${seconds}`),
        'x-sinch-webhook-signature-nonce': 'n',
        'x-sinch-webhook-signature-timestamp': seconds,
      });
    case 'bird': {
      const hash = createHash('sha256').update(post.body).digest();
      return headers({
        'messagebird-signature': hmac(secrets['signingKey'] ?? '', `${seconds}\n${url}\n`, hash),
        'messagebird-request-timestamp': seconds,
      });
    }
    default:
      return { ...post, query: queried(`token=${secrets['webhookSecret'] ?? ''}`) };
  }
}

const send = (carrier: string, { query, headers, body }: Post): Promise<Response> =>
  fetch(`${world.service.url}/hooks/${carrier}/hostile-${carrier}?${query}`, {
    method: 'POST',
    headers,
    body: Buffer.from(body),
  });

async function refusedOf(carrier: string) {
  const answer = await world.neighbours.call(ListRefusedWebhooks, {
    ...viewer,
    accountId: `hostile-${carrier}`,
    limit: 50,
  });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

/** Whole payloads as documented, and what becomes of them. */
function posts(given: Documented): fc.Arbitrary<Post> {
  const good = given.webhooks.map(({ query, contentType, json, form, text }): Post => {
    const body =
      json === undefined
        ? form
          ? new URLSearchParams(form).toString()
          : (text ?? '')
        : JSON.stringify(json);
    const type = contentType ?? (form ? 'application/x-www-form-urlencoded' : 'application/json');
    return { query, headers: { 'content-type': type }, body: Buffer.from(body) };
  });
  const bodies = fc.oneof(
    fc.constantFrom<(body: Buffer) => Buffer>(
      (body) => body,
      (body) => body.subarray(0, -1),
      (body) => Buffer.concat([body, body]),
      (body) => Buffer.from(body.toString('utf8'), 'utf16le'),
      (body) => Buffer.from(body.toString('utf8').replace('{', '{"__proto__":{"polluted":1},')),
      (body) => Buffer.concat([body, Buffer.from('&__proto__[polluted]=1'.repeat(1000))]),
      (body) => Buffer.from(body.toString('utf8').replace(/"[^"]*"(?=[,}])/, '['.repeat(20_000))),
      (body) => Buffer.from(body.toString('utf8').replaceAll('"', '')),
    ),
    fc.uint8Array({ maxLength: 500 }).map((bytes) => () => Buffer.from(bytes)),
    fc.json().map((json) => () => Buffer.from(json)),
    fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => (body: Buffer) => {
      const changed = Buffer.from(body);
      if (changed.length > 0)
        changed.writeUInt8((changed[at % changed.length] ?? 0) ^ flip, at % changed.length);
      return changed;
    }),
  );
  const types = fc.constantFrom<Record<string, string>>(
    {},
    {},
    {},
    { 'content-type': 'text/plain; charset=utf-16' },
    { 'content-type': 'multipart/form-data' },
    { 'content-encoding': 'gzip' },
  );
  return fc.tuple(fc.constantFrom(...good), bodies, types).map(([one, change, headers]) => ({
    ...one,
    headers: { ...one.headers, ...headers },
    body: change(one.body),
  }));
}

describe.each(CARRIERS)('%s: whatever is posted', (carrier) => {
  it('is taken, or refused with a reason that an Admin finds', async () => {
    const given = all.get(carrier);
    if (!given) throw new Error(`nothing is documented for ${carrier}`);
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(posts(given), fc.boolean(), async (post, known) => {
        const response = await send(carrier, known ? signed(carrier, post) : post);
        expect([200, 400, 403, 429, 503]).toContain(response.status);
        if (response.status === 200) await response.arrayBuffer();
        else {
          const { detail } = problemSchema.parse(await response.json());
          expect(detail).toMatch(/^Nothing was stored: .{5}/);
          refusals += 1;
        }
      }),
      // A failure is not made smaller: that would be more posts than are kept.
      { numRuns: POSTS, endOnFailure: true },
    );
    const kept = await eventually(async () => {
      const found = await refusedOf(carrier);
      expect(found).toHaveLength(refusals);
      return found;
    });
    for (const { reason } of kept) expect(reason.length).toBeGreaterThan(5);
    expect('polluted' in {}).toBe(false);
  }, 60_000);
});
