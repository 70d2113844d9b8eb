import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenAccount, WebhookRequest } from '../carrier.js';
import { aws } from './aws.carrier.js';
import { signAwsRequest } from './aws.signature-v4.js';
import { snsStringToSign, type SnsEnvelope } from './aws.sns.js';

const topic = 'arn:aws:sns:us-east-1:123456789012:two-way';
const account: OpenAccount = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/hooks/aws/acme',
  settings: { topicArns: topic },
  secrets: {},
};
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
// The verifier reads the public key out of whatever PEM it is given; a bare key stands for its certificate.
const certificate = publicKey.export({ format: 'pem', type: 'spki' }).toString();

const message: SnsEnvelope = {
  Type: 'Notification',
  MessageId: 'm1',
  TopicArn: topic,
  Message: '{"a":"é"}',
  Timestamp: '2026-11-23T18:00:00.000Z',
  SignatureVersion: '2',
  Signature: '',
  SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b.pem',
};
const subscription: SnsEnvelope = {
  ...message,
  Type: 'SubscriptionConfirmation',
  Token: 'tok',
  SubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=tok`,
};

function webhook(change: Partial<SnsEnvelope> = {}, after: Partial<SnsEnvelope> = {}): WebhookRequest {
  const given = { ...message, ...change };
  const hash = given.SignatureVersion === '1' ? 'sha1' : 'sha256';
  const Signature = sign(hash, Buffer.from(snsStringToSign(given)), privateKey).toString('base64');
  return {
    method: 'POST',
    query: '',
    headers: { 'content-type': 'text/plain; charset=UTF-8' },
    body: Buffer.from(JSON.stringify({ ...given, Signature, ...after })),
    receivedAt: new Date('2026-11-23T18:00:00.000Z'),
    certificate,
  };
}

describe('verify', () => {
  it.each(['1', '2'])('accepts version %s, with and without a subject', (SignatureVersion) => {
    expect(aws.verify(webhook({ SignatureVersion }), account).ok).toBe(true);
    expect(aws.verify(webhook({ SignatureVersion, Subject: 'Re: x' }), account).ok).toBe(true);
  });

  it.each<[string, WebhookRequest]>([
    ['a changed message', webhook({}, { Message: '{}' })],
    ['another version', webhook({ SignatureVersion: '3' })],
    ['a topic of somebody else', webhook({ TopicArn: 'arn:aws:sns:us-east-1:999999999999:two-way' })],
    [
      'a certificate of another host',
      webhook({ SigningCertURL: 'https://sns.us-east-1.amazonaws.com.evil.example/a.pem' }),
    ],
    ['a certificate in a bucket', webhook({ SigningCertURL: 'https://s3.amazonaws.com/a.pem' })],
    ['a certificate by http', webhook({ SigningCertURL: 'http://sns.us-east-1.amazonaws.com/a.pem' })],
    [
      'a certificate at another port',
      webhook({ SigningCertURL: 'https://sns.us-east-1.amazonaws.com:8443/a.pem' }),
    ],
    ['what is no certificate', webhook({ SigningCertURL: 'https://sns.us-east-1.amazonaws.com/?a.pem' })],
    ['rubbish for a certificate', { ...webhook(), certificate: 'rubbish' }],
    ['raw delivery', { ...webhook(), headers: { 'x-amz-sns-rawdelivery': 'true' } }],
    ['what is no SNS message', { ...webhook(), body: Buffer.from('{"messageBody":"x"}') }],
  ])('refuses %s', (_case, request) => {
    expect(aws.verify(request, account)).toEqual({ ok: false, error: expect.any(String) });
  });

  it('says when the certificate is missing, so that the message is sent again', () => {
    const { certificate: _gone, ...request } = webhook();
    expect(aws.certificateUrl?.(request, account)).toBe(message.SigningCertURL);
    expect(aws.verify(request, account)).toMatchObject({
      ok: false,
      error: expect.stringContaining('certificate'),
    });
    expect(aws.refusalStatus?.('signature', request)).toBe(429);
  });

  it('asks for no certificate of a topic that is not ours', () => {
    const strange = webhook({ TopicArn: 'arn:aws:sns:us-east-1:999999999999:two-way' });
    expect(aws.certificateUrl?.(strange, account)).toBeNull();
  });
});

describe('handshake', () => {
  it('confirms a subscription at the URL of SNS', () => {
    const request = webhook(subscription);
    expect(aws.verify(request, account).ok).toBe(true);
    expect(aws.handshake?.(request, account)).toMatchObject({
      answer: { status: 200 },
      confirmUrl: subscription.SubscribeURL,
    });
  });

  it.each<[string, Partial<SnsEnvelope>]>([
    [
      'a URL elsewhere',
      { ...subscription, SubscribeURL: 'https://evil.example/?Action=ConfirmSubscription' },
    ],
    [
      'another action',
      { ...subscription, SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=DeleteTopic' },
    ],
    [
      'the end of a subscription, which that would undo',
      { ...subscription, Type: 'UnsubscribeConfirmation' },
    ],
  ])('fetches nothing for %s', (_case, change) => {
    expect(aws.handshake?.(webhook(change), account)).toMatchObject({ confirmUrl: null });
  });

  it('leaves notifications to parse', () => {
    expect(aws.handshake?.(webhook(), account)).toBeNull();
  });
});

it('signs as the example of AWS does', () => {
  const key = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'service',
  };
  const request = { method: 'POST', host: 'example.amazonaws.com', path: '/', headers: {}, body: '' };
  const signed = signAwsRequest(request, key, new Date('2015-08-30T12:36:00.000Z'));
  expect(signed['authorization']).toContain(
    'SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  );
});
