import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from './carrier.js';
import { urlWithSecret, verifyWebhookSecret, webhookSecretProblem } from './webhook-secret.js';

const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/bandwidth/acme',
  settings: {},
  secrets: { webhookSecret: 'p:ss wörd', previousWebhookSecret: 'old' },
};
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`;
const request = (authorization?: string, query = ''): WebhookRequest => ({
  method: 'POST',
  query,
  headers: { authorization },
  body: Buffer.from(''),
  receivedAt: new Date(0),
});

describe('the webhook secret', () => {
  it.each<[string, WebhookRequest, boolean]>([
    ['basic authentication', request(basic('anybody:p:ss wörd')), true],
    ['the previous secret', request(basic('anybody:old')), true],
    ['a bearer token', request('Bearer old'), true],
    ['a token in the URL', request(undefined, 'a=1&token=p%3Ass+w%C3%B6rd'), true],
    ['a token beside a bearer token of the carrier’s own', request('Bearer eyJ.e30.x', 'token=old'), true],
    ['a token beside the password of somebody else', request(basic('proxy:pass'), 'token=old'), true],
    ['another password', request(basic('anybody:new')), false],
    ['the start of the secret', request('Bearer ol'), false],
    ['an empty token', request(undefined, 'token='), false],
    ['nothing', request(), false],
    ['rubbish', request('Basic ###'), false],
  ])('with %s', (_case, given, fits) => {
    expect(verifyWebhookSecret(given, account).ok).toBe(fits);
  });

  it('may have a plus that nobody escaped', () => {
    const base64 = { ...account, secrets: { webhookSecret: 'ab+c/d==' } };
    expect(verifyWebhookSecret(request(undefined, 'token=ab+c/d=='), base64).ok).toBe(true);
    expect(verifyWebhookSecret(request(undefined, 'token=ab%2Bc%2Fd%3D%3D'), base64).ok).toBe(true);
    expect(verifyWebhookSecret(request(undefined, 'token=abc/d=='), base64).ok).toBe(false);
  });

  it('comes from the user that the account names, where it names one', () => {
    const named = { ...account, settings: { webhookUser: 'bandwidth' } };
    expect(verifyWebhookSecret(request(basic('bandwidth:old')), named).ok).toBe(true);
    expect(verifyWebhookSecret(request(basic('other:old')), named).ok).toBe(false);
  });

  it('is not needed only where the account says so', () => {
    const bare = { ...account, secrets: {} };
    expect(verifyWebhookSecret(request(), bare).ok).toBe(false);
    expect(verifyWebhookSecret(request(), { ...bare, settings: { webhookOpen: 'yes' } }).ok).toBe(true);
    expect(webhookSecretProblem({}, [])).toEqual(expect.stringContaining('webhookSecret'));
    expect(webhookSecretProblem({ webhookOpen: 'yes' }, [])).toBeNull();
    expect(webhookSecretProblem({}, ['webhookSecret'])).toBeNull();
  });

  it('is part of the URLs that we ask to be called at', () => {
    expect(urlWithSecret(account)).toBe(`${account.publicUrl}?token=p%3Ass%20w%C3%B6rd`);
    expect(urlWithSecret({ ...account, secrets: {} })).toBe(account.publicUrl);
  });
});
