import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { OpenAccount, WebhookRequest } from './carrier.js';
import { jwtClaims } from './jwt.js';
import { messagebirdJwtProblem } from './messagebird/messagebird.signature.js';
import { signPlivoV2, signPlivoV3 } from './plivo/plivo.signature.js';
import { findCarrier } from './registry.js';
import { signalwire } from './signalwire/signalwire.carrier.js';
import { signSinch } from './sinch/sinch.webhook.js';
import { isTwilioSignature } from './twilio/twilio.signature.js';
import { SIGNATURE_METHODS, signVonage } from './vonage/vonage.signature.js';

/** Real payloads of other projects, kept beside the repository and never in it. */
const FOLDER = new URL('../../../../shared/fixtures/carriers/', import.meta.url);
const present = existsSync(FOLDER);

const wanted = z.looseObject({
  kind: z.enum(['message', 'status', 'reject']),
  policy: z.boolean().optional(),
  http: z.union([z.string(), z.number()]).optional(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  text: z.string().optional(),
  externalId: z.string().nullish(),
  externalIdAny: z.array(z.string()).optional(),
  media: z.array(z.string()).optional(),
  segments: z.number().nullish(),
  timestamp: z.string().optional(),
  concat: z.object({ ref: z.string(), total: z.number(), part: z.number() }).optional(),
  status: z.string().optional(),
  statusAny: z.array(z.string()).optional(),
  rawStatus: z.string().optional(),
  reference: z.string().optional(),
  errorCode: z.string().optional(),
  errorClass: z.string().optional(),
  count: z.number().optional(),
  all: z.array(z.record(z.string(), z.string())).optional(),
  responseBody: z.string().optional(),
  responseBodyContains: z.string().optional(),
});
const fixtures = z.looseObject({
  publicKey: z.string().optional(),
  certPem: z.string().optional(),
  cases: z.array(
    z.looseObject({
      name: z.string(),
      method: z.enum(['GET', 'POST']),
      url: z.string(),
      signedUrl: z.string().optional(),
      headers: z.record(z.string(), z.string()),
      contentType: z.string().nullable(),
      body: z.string(),
      secret: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
      now: z.string().optional(),
      signatureAlgorithm: z.string().optional(),
      verifySignature: z.boolean().optional(),
      mapping: z.record(z.string(), z.unknown()).optional(),
      channel: z.record(z.string(), z.string()).optional(),
      expect: wanted,
    }),
  ),
  signatureVectors: z.array(z.looseObject({ name: z.string(), valid: z.boolean() })).default([]),
});
type Fixtures = z.infer<typeof fixtures>;
type Case = Fixtures['cases'][number];
type Setup = Pick<OpenAccount, 'settings' | 'secrets'>;

const read = (file: string): Fixtures =>
  fixtures.parse(JSON.parse(readFileSync(new URL(`${file}.json`, FOLDER), 'utf8')));
const secretOf = (given: Case): string => (typeof given.secret === 'string' ? given.secret : '');
const open: Setup = { settings: { webhookOpen: 'yes' }, secrets: {} };
const signedWith = (name: string, secret: string, settings: Record<string, string> = {}): Setup =>
  secret === '' ? open : { settings, secrets: { [name]: secret } };

/** How an Admin would have set up the account that a case came in for. */
const SETUPS: readonly (readonly [
  file: string,
  carrier: string,
  setup: (given: Case, all: Fixtures) => Setup,
])[] = [
  ['twilio', 'twilio', (given) => ({ settings: {}, secrets: { authToken: secretOf(given) } })],
  ['telnyx', 'telnyx', (_given, all) => ({ settings: { publicKey: all.publicKey ?? '' }, secrets: {} })],
  ['signalwire', 'signalwire', (given) => ({ settings: {}, secrets: { signingKey: secretOf(given) } })],
  [
    'bandwidth',
    'bandwidth',
    (given) => {
      const { username = '', password = '' } = typeof given.secret === 'object' ? given.secret : {};
      return { settings: { webhookUser: username }, secrets: { webhookSecret: password } };
    },
  ],
  [
    'vonage',
    'vonage',
    (given) =>
      signedWith(
        'signatureSecret',
        secretOf(given),
        given.signatureAlgorithm === undefined ? {} : { signatureMethod: given.signatureAlgorithm },
      ),
  ],
  ['plivo', 'plivo', (given) => signedWith('authToken', secretOf(given))],
  ['sinch', 'sinch', (given) => signedWith('signingSecret', secretOf(given))],
  [
    'messagebird',
    'messagebird',
    (given) => (given.verifySignature === false ? open : signedWith('signingKey', secretOf(given))),
  ],
  ['infobip', 'infobip', () => open],
  ['clickatell', 'clickatell', () => open],
  ['jasmin', 'jasmin', () => open],
  [
    'aws_eum',
    'aws',
    () => ({ settings: { topicArns: 'arn:aws:sns:us-east-1:123456789012:two-way-sms' }, secrets: {} }),
  ],
  ['kaleyra', 'kaleyra', () => open],
  [
    'generic_http',
    'generic',
    (given) => ({ settings: { ...open.settings, mapping: JSON.stringify(mappingOf(given)) }, secrets: {} }),
  ],
];

/** The mapping that an Admin would write for a case; the fixtures describe it in words of their own. */
function mappingOf(given: Case): object {
  const { statusFromPath, statusId, ref, mediaWhen, timestamp, ...described } = z
    .looseObject({
      id: z.string().optional(),
      statusFromPath: z.record(z.string(), z.string()).optional(),
      statusId: z.union([z.string(), z.array(z.string())]).optional(),
      ref: z.string().optional(),
      mediaWhen: z.string().optional(),
      timestamp: z.union([z.string(), z.array(z.string())]).optional(),
    })
    .parse(given.mapping);
  const { optOutPath: _path, optOutWhen: _when, response: _response, ...rest } = described;
  const [place, is] = mediaWhen?.split('=') ?? [];
  const ids = [statusId, ref, rest.id].flat().filter((one) => one !== undefined);
  return {
    ...rest,
    ...given.channel,
    ...(ids.length === 0 ? {} : { statusId: ids }),
    ...(timestamp === undefined
      ? {}
      : { timestamp: [timestamp].flat().map((one) => one.replace(/ \(.*/, '')) }),
    ...(place === undefined ? {} : { mediaWhen: { place, is } }),
    ...(statusFromPath ? { status: '?event', statusMap: statusFromPath } : {}),
  };
}

/** Some carriers have a path for each event; here the account has one path, and the query says which event it is. */
function queryOf(given: Case): string {
  const [path = '', query = ''] = (given.signedUrl ?? given.url).split('?');
  const event = given.mapping?.['statusFromPath'] ? /\/(\w+)\/?$/.exec(path)?.[1] : 'receive';
  return event === undefined || event === 'receive'
    ? query
    : [`event=${event}`, ...(query ? [query] : [])].join('&');
}

/** What our carrier makes of a case, in the words of the fixtures. */
function outcome(carrierId: string, given: Case, all: Fixtures, setup: Setup): Record<string, unknown> {
  const carrier = findCarrier(carrierId);
  if (!carrier) throw new Error(`there is no carrier "${carrierId}"`);
  const [publicUrl = ''] = (given.signedUrl ?? given.url).split('?');
  const query = queryOf(given);
  const account: OpenAccount = { id: 'acme', publicUrl, ...setup };
  const headers = Object.fromEntries(
    Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const bare: WebhookRequest = {
    method: given.method,
    query,
    headers: given.contentType === null ? headers : { 'content-type': given.contentType, ...headers },
    body: Buffer.from(given.body),
    receivedAt: new Date(given.now ?? '2026-11-23T18:00:00.000Z'),
  };
  const certified = carrier.certificateUrl?.(bare, account) != null;
  const request: WebhookRequest =
    certified && all.certPem !== undefined ? { ...bare, certificate: all.certPem } : bare;
  if (!carrier.verify(request, account).ok) {
    return {
      kind: 'reject',
      reason: 'signature',
      http: carrier.refusalStatus?.('signature', request) ?? 403,
    };
  }
  const answer = carrier.answerFor?.(account) ?? carrier.answer;
  const done = { http: answer.status, responseBody: answer.body };
  if (carrier.handshake?.(request, account)) return { ...done, kind: 'reject', reason: 'handshake' };
  const parsed = carrier.parse(request, account);
  if (!parsed.ok) {
    return {
      kind: 'reject',
      reason: 'malformed',
      http: carrier.refusalStatus?.('malformed', request) ?? 400,
    };
  }
  const events = parsed.value.map((event) => ({
    ...event,
    externalId: event.providerMessageId,
    ...(event.kind === 'message'
      ? {
          media: event.media.map(({ url }) => url),
          timestamp: event.sentAt?.toISOString(),
          concat: event.part && { ref: event.part.ref, total: event.part.total, part: event.part.number },
        }
      : {}),
  }));
  const [first] = events;
  if (first === undefined) return { ...done, kind: 'reject', reason: 'noop' };
  if (first.kind === 'status' && first.status === null)
    return { ...done, kind: 'reject', reason: 'unknown-status' };
  return { ...done, ...first, count: events.length, all: events };
}

/** What a case asks for, as a matcher: only fields that it names, `null` meaning "not in the payload". */
function asked(expected: z.infer<typeof wanted>, found: Record<string, unknown>): object {
  const { kind, from, to, text, externalId, media, segments, timestamp, concat, rawStatus, reference } =
    expected;
  const { status, statusAny, errorCode, errorClass, count, all, responseBody, responseBodyContains } =
    expected;
  const isMessage = kind === 'message';
  const told = Object.entries({
    ...(isMessage ? { from, to, text, media, segments, timestamp, concat } : { rawStatus, reference }),
    externalId: (expected.externalIdAny ?? []).find((one) => one === found['externalId']) ?? externalId,
    errorCode,
    errorClass,
    count,
    responseBody,
  }).filter(([, value]) => value != null);
  const statuses = [status, ...(statusAny ?? [])];
  return {
    kind,
    ...(kind === 'reject' ? {} : Object.fromEntries(told)),
    ...(status === undefined ? {} : { status: statuses.find((one) => one === found['status']) ?? status }),
    ...(all === undefined ? {} : { all: all.map((one) => expect.objectContaining(one)) }),
    ...(responseBodyContains === undefined
      ? {}
      : { responseBody: expect.stringContaining(responseBodyContains) }),
  };
}

const httpFits = (http: string | number | undefined, status: unknown): boolean =>
  http === undefined ||
  http === 'any' ||
  String(status) === String(http) ||
  `${String(status)[0]}xx` === http;

/** Checks of a signature alone: what the vectors of a file are for. */
const VECTORS: Readonly<Record<string, (vector: Record<string, unknown>) => boolean>> = {
  twilio: (vector) => {
    const { secret, url, header, params, body } = z
      .object({
        secret: z.string(),
        url: z.string(),
        header: z.record(z.string(), z.string().nullable()),
        params: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
        body: z.string().optional(),
      })
      .parse(vector);
    const fields = Object.entries(params ?? {}).flatMap(([name, value]) =>
      [value].flat().map((one) => [name, one] as const),
    );
    const signed = body === undefined ? { fields } : { fields, body: Buffer.from(body) };
    return isTwilioSignature(secret, header['X-Twilio-Signature'] ?? '', { url, ...signed });
  },
  signalwire: (vector) => {
    const { secret, url, header, body } = z
      .object({
        secret: z.string(),
        url: z.string(),
        header: z.record(z.string(), z.string()),
        body: z.string(),
      })
      .parse(vector);
    const account = { id: 'a', publicUrl: url, settings: {}, secrets: { signingKey: secret } };
    return signalwire.verify(posted(body, header, 'application/json'), account).ok;
  },
  vonage: (vector) => {
    const given = z
      .object({
        secret: z.string(),
        algorithm: z.enum(SIGNATURE_METHODS).optional(),
        params: z.record(z.string(), z.string()).optional(),
        sig: z.string().optional(),
        header: z.record(z.string(), z.string()).optional(),
      })
      .parse(vector);
    if (given.algorithm === undefined) {
      const token = given.header?.['Authorization']?.slice('Bearer '.length) ?? '';
      return jwtClaims(token, [given.secret]) !== null;
    }
    const made = signVonage(given.algorithm, given.secret, Object.entries(given.params ?? {}));
    return made === given.sig?.toLowerCase();
  },
  plivo: (vector) => {
    const given = z
      .object({
        scheme: z.string(),
        secret: z.string(),
        url: z.string(),
        nonce: z.string(),
        signature: z.string(),
        method: z.enum(['GET', 'POST']).optional(),
        params: z.record(z.string(), z.string()).optional(),
      })
      .parse(vector);
    const { secret, url, nonce, method = 'POST', params = {} } = given;
    const made =
      given.scheme === 'plivo-v2'
        ? signPlivoV2(secret, url, nonce)
        : signPlivoV3(secret, method, url, nonce, Object.entries(params));
    return given.signature.split(',').includes(made);
  },
  sinch: (vector) => {
    const { secret, body, nonce, timestamp, signature } = z
      .object({
        secret: z.string(),
        body: z.string(),
        nonce: z.string(),
        timestamp: z.string(),
        signature: z.string(),
      })
      .parse(vector);
    return signSinch(secret, Buffer.from(body), nonce, timestamp) === signature;
  },
  messagebird: (vector) => {
    const { secret, url, header, body, now } = z
      .object({
        secret: z.string().nullable(),
        url: z.string(),
        header: z.record(z.string(), z.string()),
        body: z.string(),
        now: z.string(),
      })
      .parse(vector);
    const token = header['MessageBird-Signature-JWT'] ?? '';
    return messagebirdJwtProblem(token, url, Buffer.from(body), new Date(now), [secret ?? '']) === null;
  },
};

function posted(body: string, header: Record<string, string>, type: string, now?: string): WebhookRequest {
  const headers = Object.fromEntries(
    Object.entries(header).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    method: 'POST',
    query: '',
    headers: { 'content-type': type, ...headers },
    body: Buffer.from(body),
    receivedAt: new Date(now ?? '2026-11-23T18:00:00.000Z'),
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

  describe.each(SETUPS)('%s', (file, carrier, setup) => {
    const all = read(file);
    const titled = (policy: boolean) =>
      all.cases
        .filter((one) => (one.expect.policy === true) === policy)
        .map((one, index) => [`${index + 1} ${one.name}`, one] as const);

    it.each(titled(false))('%s', (_name, given) => {
      const found = outcome(carrier, given, all, setup(given, all));
      expect(found).toMatchObject(asked(given.expect, found));
      expect([given.expect.http, found['http'], httpFits(given.expect.http, found['http'])]).toContain(true);
    });

    const policies = titled(true);
    if (policies.length > 0) {
      it.each(policies)('our own policy: %s is kept as sent or refused, never changed', (_name, given) => {
        const found = outcome(carrier, given, all, setup(given, all));
        expect(['message', 'status', 'reject']).toContain(found['kind']);
        const asSent = given.expect.from ?? found['from'];
        expect(found['kind'] === 'message' ? found['from'] : asSent).toBe(asSent);
      });
    }

    const check = VECTORS[file];
    if (check) {
      it.each(all.signatureVectors.map((vector) => [vector.name, vector] as const))(
        'signature: %s',
        (_name, vector) => {
          expect(check(vector)).toBe(vector.valid);
        },
      );
    }
  });
});
