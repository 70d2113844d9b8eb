import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CarrierMessage, OpenAccount, WebhookRequest } from '../carrier.js';
import { generic } from './generic.carrier.js';
import { readMapping, type MappingInput } from './generic.mapping.js';
import { tryMapping } from './generic.try-out.js';

const now = new Date('2026-11-23T18:00:00.000Z');
const send = { url: 'https://api.example.com/', fields: { text: '{text}' }, id: ['data.id', '//id', 'OK'] };
const accountWith = (mapping: Partial<MappingInput>, secrets: Record<string, string> = {}): OpenAccount => ({
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/generic/acme',
  settings: { mapping: JSON.stringify({ from: 'from', text: 'text', send, ...mapping }) },
  secrets,
});
const json = (body: unknown, headers: Record<string, string> = {}): WebhookRequest => ({
  method: 'POST',
  query: '',
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(JSON.stringify(body)),
  receivedAt: now,
});

describe('a signature that the mapping describes', () => {
  const signature = { header: 'X-Sign', prefix: 'sha256=', template: '{header:x-time}.{url}.{body}' };
  const account = accountWith({ signature }, { signingSecret: 'sign' });
  const body = { from: '14155550123', text: 'hi' };
  const mac = createHmac('sha256', 'sign')
    .update(`12.${account.publicUrl}.${JSON.stringify(body)}`)
    .digest('hex');

  it('fits what it covers and nothing else', () => {
    const good = json(body, { 'x-sign': `sha256=${mac}`, 'x-time': '12' });
    expect(generic.verify(good, account).ok).toBe(true);
    expect(generic.verify(json(body, { 'x-sign': mac, 'x-time': '12' }), account).ok).toBe(false);
    expect(generic.verify(json(body, { 'x-sign': `sha256=${mac}`, 'x-time': '13' }), account).ok).toBe(false);
    expect(
      generic.verify(json({ ...body, text: 'ho' }, { 'x-sign': `sha256=${mac}`, 'x-time': '12' }), account)
        .ok,
    ).toBe(false);
    expect(generic.verify(json(body), account).ok).toBe(false);
  });

  it('is not made up for by the webhook secret', () => {
    const both = accountWith({ signature }, { signingSecret: 'sign', webhookSecret: 'hush' });
    expect(generic.verify({ ...json(body), query: 'token=hush' }, both).ok).toBe(false);
  });
});

describe('the id of a text whose carrier gives none', () => {
  const account = accountWith({ timestamp: 'time' });
  const id = (request: WebhookRequest): string => {
    const parsed = generic.parse(request, account);
    return parsed.ok ? (parsed.value[0] as CarrierMessage).providerMessageId : '';
  };
  const text = (body: object, minutes = 0): WebhookRequest => ({
    ...json({ from: '14155550123', ...body }),
    receivedAt: new Date(now.getTime() + minutes * 60_000),
  });

  it('is that of its content where that has a time', () => {
    const time = '2026-11-23T18:00:00Z';
    expect(id(text({ text: 'ok', time }))).toMatch(/^hash-[0-9a-f]{40}$/);
    expect(id(text({ text: 'ok', time }))).toBe(id(text({ text: 'ok', time }, 600)));
    expect(id(text({ text: 'ok', time }))).not.toBe(id(text({ text: 'no', time })));
  });

  it('changes with the time of day where it has none, so that the same word can be said again', () => {
    expect(id(text({ text: 'ok' }))).toBe(id(text({ text: 'ok' }, 5)));
    expect(id(text({ text: 'ok' }))).not.toBe(id(text({ text: 'ok' }, 60)));
  });
});

describe('a mapping', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'the body'],
    ['a text', 'x', 'the body'],
    ['no sender', { text: 'a' }, 'from'],
    ['a country that is none', { from: 'a', text: 'b', defaultCountry: 'XX' }, 'defaultCountry'],
    ['an inherited country', { from: 'a', text: 'b', defaultCountry: 'constructor' }, 'defaultCountry'],
    ['a name that is misspelt', { from: 'a', text: 'b', form: 'json' }, 'orm'],
    ['a status that there is not', { from: 'a', text: 'b', statusMap: { x: 'done' } }, 'statusMap.x'],
    ['an answer that refuses', { from: 'a', text: 'b', response: { status: 500 } }, 'response.status'],
    [
      'a header with a line break',
      { from: 'a', text: 'b', signature: { header: 'a\nb' } },
      'signature.header',
    ],
  ])('of %s is refused with its place', (_case, mapping, place) => {
    const read = readMapping(JSON.stringify(mapping) ?? '');
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining(place) });
  });

  it('names what the account lacks for it', () => {
    const needs = { ...send, url: 'https://{setting:host}/', headers: { a: '{secret:key}' } };
    const { settings } = accountWith({ send: needs });
    expect(generic.accountProblem(settings, ['key', 'webhookSecret'])).toContain('settings.host');
    expect(generic.accountProblem({ ...settings, host: 'x.example' }, ['webhookSecret'])).toContain(
      'secrets.key',
    );
    expect(generic.accountProblem({ ...settings, host: 'x.example' }, ['key'])).toContain('webhookSecret');
    expect(generic.accountProblem({ ...settings, host: 'x.example' }, ['key', 'webhookSecret'])).toBeNull();
    expect(generic.accountProblem(accountWith({ send: undefined }).settings, ['webhookSecret'])).toContain(
      'send',
    );
  });

  it('says how to answer', () => {
    const response = { status: 201, contentType: 'text/plain', body: 'OK' };
    expect(generic.answerFor?.(accountWith({ response }))).toEqual(response);
    expect(generic.answerFor?.(accountWith({}))).toEqual({ status: 200, contentType: null, body: '' });
  });

  it.each([
    ['JSON', '{"data":{"id":"x1"}}', 'x1'],
    ['XML', '<r><id>x2</id></r>', 'x2'],
    ['a form', 'OK=x3', 'x3'],
  ])('finds the id in an answer of %s', (_case, body, providerId) => {
    const outcome = generic.parseSend({ status: 200, headers: {}, body }, accountWith({}));
    expect(outcome).toMatchObject({ kind: 'accepted', providerId });
  });

  it('never puts more than one line into a header', () => {
    const account = accountWith({ send: { ...send, headers: { 'X-Text': '{text}' } } });
    const message = { messageId: 'm', from: '1', to: '2', text: 'a\r\nx-evil: 1', media: [], at: now };
    expect(generic.buildSend(message, account).headers['x-text']).toBe('ax-evil: 1');
  });
});

describe('trying a mapping out', () => {
  const mapping = JSON.stringify({ id: 'id', from: ['from', '//from'], text: ['text', '//text'], to: 'to' });
  it.each([
    ['JSON', '{"from":"14155550123","text":"hi"}'],
    ['a form', 'from=14155550123&text=hi'],
    ['XML', '<a><from>14155550123</from><text>hi</text></a>'],
    [
      'multipart',
      '--b\nContent-Disposition: form-data; name="from"\n\n14155550123\n--b\nContent-Disposition: form-data; name="text"\n\nhi\n--b--',
    ],
  ])('guesses that a sample is %s', (_case, body) => {
    expect(tryMapping(mapping, { body, at: now })).toMatchObject({
      ok: true,
      events: [{ kind: 'message', from: '+14155550123', text: 'hi' }],
    });
  });

  it('reads a sample that is a query', () => {
    expect(tryMapping(mapping, { body: '', query: '?from=14155550123&text=hi', at: now })).toMatchObject({
      ok: true,
    });
  });

  it('tells a wrong mapping from a sample that does not fit', () => {
    expect(tryMapping('{', { body: '{}', at: now })).toMatchObject({ ok: false, about: 'mapping' });
    expect(tryMapping(mapping, { body: '{}', at: now })).toMatchObject({ ok: false, about: 'sample' });
  });

  it('has an answer to any mapping and any sample', () => {
    const word = fc.constantFrom(
      'from',
      'text',
      'a.b',
      '__proto__',
      'constructor.name',
      '?x',
      '//a',
      '*',
      '0',
    );
    const anyMapping = fc.record({
      from: word,
      text: word,
      each: fc.option(word, { nil: undefined }),
      status: word,
      media: word,
    });
    const any = fc.oneof(fc.json(), fc.string(), fc.constantFrom('<a><b>1</b></a>', 'a=1&b=2', '[[[]]]'));
    fc.assert(
      fc.property(anyMapping, any, (one, body) => {
        expect(typeof tryMapping(JSON.stringify(one), { body, at: now }).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});
