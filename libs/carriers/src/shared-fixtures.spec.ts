import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { OpenAccount } from './carrier.js';
import { findCarrier } from './registry.js';
import { isTwilioSignature } from './twilio/twilio.signature.js';

/** Real payloads of other projects, kept beside the repository and never in it. */
const FOLDER = new URL('../../../../shared/fixtures/carriers/', import.meta.url);
const present = existsSync(FOLDER);

const expected = z.object({
  kind: z.enum(['message', 'status', 'reject']),
  reason: z.string().optional(),
  policy: z.boolean().optional(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  text: z.string().optional(),
  externalId: z.string().nullish(),
  media: z.array(z.string()).optional(),
  segments: z.number().nullish(),
  status: z.string().optional(),
  statusAny: z.array(z.string()).optional(),
  rawStatus: z.string().optional(),
  errorCode: z.string().optional(),
  errorClass: z.string().optional(),
  responseBodyContains: z.string().optional(),
});
const fixtures = z.object({
  cases: z.array(
    z.object({
      name: z.string(),
      method: z.enum(['GET', 'POST']),
      url: z.string(),
      signedUrl: z.string().optional(),
      headers: z.record(z.string(), z.string()),
      contentType: z.string(),
      body: z.string(),
      secret: z.string(),
      expect: expected,
    }),
  ),
  signatureVectors: z.array(
    z.object({
      name: z.string(),
      secret: z.string(),
      url: z.string(),
      header: z.record(z.string(), z.string().nullable()),
      params: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
      body: z.string().optional(),
      valid: z.boolean(),
    }),
  ),
});
type Case = z.infer<typeof fixtures>['cases'][number];

function read(carrier: string): z.infer<typeof fixtures> {
  return fixtures.parse(JSON.parse(readFileSync(new URL(`${carrier}.json`, FOLDER), 'utf8')));
}

/** What our carrier makes of a case, in the words of the fixtures. */
function outcome(carrierId: string, given: Case): Record<string, unknown> {
  return { answer: findCarrier(carrierId)?.answer.body, ...understood(carrierId, given) };
}

function understood(carrierId: string, given: Case): Record<string, unknown> {
  const carrier = findCarrier(carrierId);
  if (!carrier) throw new Error(`there is no carrier "${carrierId}"`);
  const [publicUrl = '', query = ''] = (given.signedUrl ?? given.url).split('?');
  const account: OpenAccount = { id: 'a', publicUrl, settings: {}, secrets: { authToken: given.secret } };
  const headers = Object.fromEntries(
    Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const request = {
    method: given.method,
    query,
    headers: { 'content-type': given.contentType, ...headers },
    body: Buffer.from(given.body),
    receivedAt: new Date(),
  };
  if (!carrier.verify(request, account).ok) return { kind: 'reject', reason: 'signature' };
  const parsed = carrier.parse(request, account);
  if (!parsed.ok) return { kind: 'reject', reason: 'malformed' };
  const [event] = parsed.value;
  if (event?.kind === 'status') {
    return event.status === null
      ? { kind: 'reject', reason: 'unknown-status' }
      : { ...event, externalId: event.providerMessageId };
  }
  if (event === undefined) return { kind: 'reject', reason: 'noop' };
  return {
    ...event,
    externalId: event.providerMessageId,
    media: event.media.map(({ url }) => url),
  };
}

/** What a case asks for, as a matcher: only fields that it names, `null` meaning "not in the payload". */
function asked(given: Case, found: Record<string, unknown>): object {
  const { statusAny, status, responseBodyContains, policy: _policy, ...rest } = given.expect;
  const fields = Object.entries(rest).filter(
    ([name, value]) => value != null && (name !== 'to' || 'to' in found),
  );
  const statuses = [status, ...(statusAny ?? [])];
  return {
    ...Object.fromEntries(fields),
    ...(status === undefined ? {} : { status: statuses.find((one) => one === found['status']) ?? status }),
    answer: expect.stringContaining(responseBodyContains ?? ''),
  };
}

describe('real payloads of public test suites', () => {
  if (!present) {
    it('are not here: ../shared/fixtures/carriers does not exist, so this file checks nothing', () => {
      process.stderr.write('shared carrier fixtures: the folder is absent, their cases were not run\n');
      expect(present).toBe(false);
    });
    return;
  }
  const { cases, signatureVectors } = read('twilio');

  it.each(cases.filter((one) => one.expect.policy !== true).map((one) => [one.name, one] as const))(
    'twilio: %s',
    (_name, given) => {
      const found = outcome('twilio', given);
      expect(found).toMatchObject(asked(given, found));
    },
  );

  it.each(cases.filter((one) => one.expect.policy === true).map((one) => [one.name, one] as const))(
    'twilio, our own policy: %s is kept as sent or refused, and never made into a phone number',
    (_name, given) => {
      const found = outcome('twilio', given);
      expect(['message', 'status', 'reject']).toContain(found['kind']);
      const asSent = given.expect.from ?? undefined;
      expect(found['kind'] === 'message' ? found['from'] : asSent).toBe(asSent);
    },
  );

  it.each(signatureVectors.map((vector) => [vector.name, vector] as const))(
    'twilio signature: %s',
    (_name, vector) => {
      const fields = Object.entries(vector.params ?? {}).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one] as const),
      );
      const signed = vector.body === undefined ? { fields } : { fields, body: Buffer.from(vector.body) };
      const signature = vector.header['X-Twilio-Signature'] ?? '';
      expect(isTwilioSignature(vector.secret, signature, { url: vector.url, ...signed })).toBe(vector.valid);
    },
  );
});
