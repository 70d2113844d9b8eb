import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CarrierMessage, OpenAccount, WebhookRequest } from '../carrier.js';
import { twilio } from './twilio.carrier.js';
import { signTwilioRequest } from './twilio.signature.js';

type Fields = Record<string, string>;
const { messageAdded, media, deliveryUpdated, mediaDescription } = JSON.parse(
  readFileSync(new URL('fixtures/conversations.json', import.meta.url), 'utf8'),
) as { messageAdded: Fields; media: string; deliveryUpdated: Fields; mediaDescription: object };

const account: OpenAccount = {
  id: 'acme-twilio',
  publicUrl: 'https://texts.example.com/hooks/twilio/acme-twilio',
  settings: { accountSid: 'AC00000000000000000000000000000001', number: '+12125550101' },
  secrets: { authToken: 'the-auth-token' },
};
const withSettings = (settings: Fields): OpenAccount => ({
  ...account,
  settings: { accountSid: account.settings['accountSid'] ?? '', ...settings },
});

function webhook(fields: Fields, method: 'GET' | 'POST' = 'POST'): WebhookRequest {
  const form = new URLSearchParams(fields);
  const url = method === 'GET' ? `${account.publicUrl}?${form.toString()}` : account.publicUrl;
  return {
    method,
    query: method === 'GET' ? form.toString() : '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signTwilioRequest('the-auth-token', url, method === 'GET' ? [] : form),
    },
    body: Buffer.from(method === 'GET' ? '' : form.toString()),
    receivedAt: new Date('2026-11-23T18:00:00.000Z'),
  };
}
const says = (fields: Fields, of: OpenAccount = account) => twilio.parse(webhook(fields), of);
const without = (fields: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

describe('a text that Conversations took', () => {
  it.each(['POST', 'GET'] as const)('by %s is verified and read, untrimmed, with its time', (method) => {
    const request = webhook(messageAdded, method);
    expect(twilio.verify(request, account).ok).toBe(true);
    expect(twilio.parse(request, account)).toEqual({
      ok: true,
      value: [
        {
          kind: 'message',
          providerMessageId: 'IM00000000000000000000000000000001',
          from: '+14155550123',
          to: '+12125550101',
          group: [],
          text: 'Is my order in? ',
          media: [],
          segments: null,
          sentAt: new Date('2026-11-23T18:00:00.123Z'),
        },
      ],
    });
  });

  it('is refused where a byte was changed', () => {
    const request = webhook(messageAdded);
    const body = Buffer.from(Buffer.from(request.body).toString().replace('order', 'money'));
    expect(twilio.verify({ ...request, body }, account).ok).toBe(false);
  });

  it.each<[string, Fields, OpenAccount, string]>([
    ['the number of the account', {}, account, '+12125550101'],
    [
      'what the webhook says, before that',
      { 'MessagingBinding.ProxyAddress': '+12125550109' },
      account,
      '+12125550109',
    ],
    [
      'the number that a group sees',
      { 'MessagingBinding.ProjectedAddress': '+12125550108' },
      account,
      '+12125550108',
    ],
    ['its Messaging Service, without a number', {}, withSettings({}), 'MG00000000000000000000000000000001'],
    ['the account, without anything', { MessagingServiceSid: '' }, withSettings({}), 'acme-twilio'],
  ])('came to %s', (_case, change, of, to) => {
    expect(says({ ...messageAdded, ...change }, of)).toMatchObject({ ok: true, value: [{ to }] });
  });

  it('of a group is of all who are named', () => {
    const fields = {
      ...messageAdded,
      'MessagingBinding.ProjectedAddress': '+12125550101',
      'MessagingBinding.Address': '["+14155550123", "+14155550124","+14155550125"]',
    };
    expect(says(fields)).toMatchObject({ ok: true, value: [{ group: ['+14155550124', '+14155550125'] }] });
  });

  it.each(['API', 'SDK', 'sdk'])('is the echo of a reply where its source is %s', (Source) => {
    expect(says({ ...messageAdded, Source, Author: 'cleo' })).toEqual({ ok: true, value: [] });
  });

  it('has its pictures where Twilio keeps them, in the region of the account', () => {
    const fields = { ...without(messageAdded, 'Body'), Media: media };
    const path = 'v1/Services/IS00000000000000000000000000000001/Media/ME00000000000000000000000000000001';
    expect(says(fields)).toMatchObject({
      ok: true,
      value: [
        { text: '', media: [{ url: `https://mcs.us1.twilio.com/${path}`, contentType: 'image/jpeg' }] },
      ],
    });
    const dublin = withSettings({ apiBase: 'https://api.dublin.ie1.twilio.com' });
    expect(says(fields, dublin)).toMatchObject({
      ok: true,
      value: [{ media: [{ url: `https://mcs.ie1.twilio.com/${path}` }] }],
    });
  });

  it.each(['not JSON', '{}', '[{"Sid":"../../secrets"}]', '[{"ContentType":"image/png"}]'])(
    'stays where its Media is %s',
    (Media) => {
      expect(says({ ...messageAdded, Media })).toMatchObject({
        ok: true,
        value: [{ text: messageAdded['Body'], media: [] }],
      });
    },
  );

  it.each<[string, Fields]>([
    ['no id', without(messageAdded, 'MessageSid')],
    ['no author', without(messageAdded, 'Author')],
    ['nothing said', without(messageAdded, 'Body')],
    ['a picture nobody can find', { ...without(messageAdded, 'Body', 'ChatServiceSid'), Media: media }],
  ])('says what is wrong with %s', (_case, fields) => {
    expect(says(fields)).toEqual({ ok: false, error: expect.any(String) });
  });
});

describe('what else Conversations tells', () => {
  it.each([
    'onConversationAdd',
    'onConversationAdded',
    'onConversationStateUpdated',
    'onMessageAdd',
    'onMessageUpdated',
    'onMessageRemoved',
    'onParticipantAdded',
    'onUserUpdated',
  ])('%s says nothing to us, and is no mistake', (EventType) => {
    expect(says({ ...messageAdded, EventType })).toEqual({ ok: true, value: [] });
  });

  it('a delivery is of the text as it left, with its error', () => {
    expect(says(deliveryUpdated)).toEqual({
      ok: true,
      value: [
        {
          kind: 'status',
          providerMessageId: 'SM00000000000000000000000000000002',
          status: 'undelivered',
          rawStatus: 'undelivered',
          errorCode: '30003',
          errorClass: 'unreachable',
          description: null,
          reference: null,
        },
      ],
    });
  });

  it.each<[string, Fields, object]>([
    ['sent', { Status: 'sent', ErrorCode: '0' }, { status: 'sent', errorCode: null, errorClass: null }],
    ['delivered', { Status: 'delivered', ErrorCode: '' }, { status: 'delivered', errorCode: null }],
    ['read', { Status: 'read' }, { status: 'delivered', rawStatus: 'read' }],
    ['failed', { Status: 'failed', ErrorCode: '21610' }, { status: 'failed', errorClass: 'opted_out' }],
    ['a new word', { Status: 'teleported' }, { status: null, rawStatus: 'teleported' }],
    [
      'no id of the channel',
      { ChannelMessageSid: '' },
      { providerMessageId: 'IM00000000000000000000000000000002' },
    ],
  ])('reads a delivery with %s', (_case, change, expected) => {
    expect(says({ ...deliveryUpdated, ...change })).toMatchObject({ ok: true, value: [expected] });
  });

  it.each([{ Status: '' }, { ChannelMessageSid: 'a b' }])(
    'says what is wrong with a delivery: %j',
    (change) => {
      expect(says({ ...deliveryUpdated, ...change } as Fields)).toEqual({
        ok: false,
        error: expect.any(String),
      });
    },
  );

  it('whatever comes gets a verdict', () => {
    const names = fc.constantFrom(
      ...Object.keys(messageAdded),
      'Media',
      'Status',
      'MessagingBinding.Address',
    );
    const fields = fc.dictionary(names, fc.oneof(fc.string(), fc.json()));
    const event = fc.constantFrom('onMessageAdded', 'onDeliveryUpdated');
    fc.assert(
      fc.property(fields, event, (given, EventType) => {
        expect(typeof says({ ...given, EventType }).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});

describe('media of Conversations', () => {
  const described = new URL('https://mcs.us1.twilio.com/v1/Services/IS1/Media/ME1');
  const body = Buffer.from(JSON.stringify(mediaDescription));

  it('is described with credentials, and fetched by its signed link without', () => {
    expect(twilio.mediaHeaders(described, account)).toHaveProperty('authorization');
    const link = twilio.mediaLink?.(described, body) ?? '';
    expect(link).toContain('https://media.us1.twilio.com/ME00000000000000000000000000000001?Expires=');
    expect(twilio.mediaHeaders(new URL(link), account)).toEqual({});
  });

  it.each<[string, string, string]>([
    ['a picture of a plain MMS', 'https://api.twilio.com/x', JSON.stringify(mediaDescription)],
    ['another host', 'https://mcs.example.com/x', JSON.stringify(mediaDescription)],
    ['bytes', described.href, '\u0000PNG'],
    ['no link', described.href, '{"links":{"content":"/v1/x"}}'],
    ['a broken link', described.href, '{"links":{"content_direct_temporary":"https://"}}'],
  ])('is nowhere else for %s', (_case, url, answer) => {
    expect(twilio.mediaLink?.(new URL(url), Buffer.from(answer))).toBeNull();
  });
});

describe('beside the plain webhook', () => {
  const sms = { MessageSid: 'MM1', From: '+14155550123', To: '+12125550101', Body: 'hi all', NumMedia: '0' };

  it('a group text is of all its people', () => {
    const fields = { ...sms, OtherRecipients0: '+14155550125', OtherRecipients1: '+14155550124' };
    expect(says(fields)).toMatchObject({
      ok: true,
      value: [{ from: '+14155550123', to: '+12125550101', group: ['+14155550124', '+14155550125'] }],
    });
  });

  it('the log brings no text a second time that came by Conversations', () => {
    const text = { from: '+14155550123', group: [], text: 'hi', media: [], segments: 1 };
    const to = (number: string): CarrierMessage => ({
      kind: 'message',
      providerMessageId: 'SM1',
      ...text,
      to: number,
    });
    expect(twilio.log?.isKnownOtherwise?.(to('+12125550101'), account)).toBe(true);
    expect(twilio.log?.isKnownOtherwise?.(to('+12125550102'), account)).toBe(false);
    expect(twilio.log?.isKnownOtherwise?.(to('+12125550101'), withSettings({}))).toBe(false);
  });

  it('an account is told that its number is none', () => {
    const problem = (number: string) => twilio.accountProblem({ ...account.settings, number }, ['authToken']);
    expect(problem('+12125550101')).toBeNull();
    expect(problem('\n')).toContain('settings.number');
  });
});
