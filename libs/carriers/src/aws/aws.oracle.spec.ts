import { generateKeyPairSync, sign } from 'node:crypto';
import { EventEmitter } from 'node:events';
import https from 'node:https';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { snsStringToSign, verifySnsWebhook, type SnsEnvelope } from './aws.sns.js';

type Validate = (message: object, done: (error: Error | null) => void) => void;
const Validator = createRequire(import.meta.url)('sns-validator') as new () => { validate: Validate };

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const topic = 'arn:aws:sns:us-east-1:123456789012:two-way';
const account = {
  id: 'acme',
  publicUrl: 'https://texts.example.com/',
  settings: { topicArns: topic },
  secrets: {},
};

/** What the certificate's host would answer: no traffic leaves this test. */
function answerInstead(_url: unknown, answer: unknown): unknown {
  const response = Object.assign(new EventEmitter(), { statusCode: 200 });
  (answer as (response: EventEmitter) => void)(response);
  response.emit('data', certificate);
  response.emit('end');
  return new EventEmitter();
}

describe("beside AWS's own validator", () => {
  let get: { mockRestore(): void };
  beforeAll(() => {
    get = jest.spyOn(https, 'get').mockImplementation(answerInstead as never);
  });
  afterAll(() => get.mockRestore());

  it('the same messages fit', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.json(),
      fc.constantFrom('', 'a\nb', '"'),
    );
    const certUrl = fc.constantFrom(
      'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b.pem',
      'https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0a1b.pem',
      'http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b.pem',
      'https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0a1b.pem',
      'https://evil.example/SimpleNotificationService-0a1b.pem',
      'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0a1b.txt',
    );
    const change = fc.constantFrom('nothing', 'Message', 'Subject', 'Timestamp', 'MessageId', 'Signature');
    const type = fc.constantFrom('Notification' as const, 'SubscriptionConfirmation' as const);
    await fc.assert(
      fc.asyncProperty(
        type,
        fc.constantFrom('1', '2', '3'),
        text,
        fc.option(text, { nil: undefined }),
        certUrl,
        change,
        async (Type, SignatureVersion, Message, Subject, SigningCertURL, change) => {
          const control = {
            Token: 'abc',
            SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription',
          };
          const unsigned: SnsEnvelope = {
            Type,
            MessageId: '22b80b92',
            TopicArn: topic,
            ...(Subject === undefined ? {} : { Subject }),
            Message,
            Timestamp: '2026-11-23T18:00:00.000Z',
            ...(Type === 'Notification' ? {} : control),
            SignatureVersion,
            Signature: '',
            SigningCertURL,
          };
          const hash = SignatureVersion === '1' ? 'sha1' : 'sha256';
          const Signature = sign(hash, Buffer.from(snsStringToSign(unsigned)), privateKey).toString('base64');
          const good = { ...unsigned, Signature };
          const sent = change === 'nothing' ? good : { ...good, [change]: `${good[change] ?? ''}x` };
          const theirs = await new Promise<boolean>((done) => {
            new Validator().validate({ ...sent }, (error) => done(error === null));
          });
          const request = {
            method: 'POST' as const,
            query: '',
            headers: { 'content-type': 'text/plain; charset=UTF-8' },
            body: Buffer.from(JSON.stringify(sent)),
            receivedAt: new Date('2026-11-23T18:00:00.000Z'),
            certificate,
          };
          const ours = verifySnsWebhook(request, account);
          expect([ours.ok, sent]).toEqual([theirs, sent]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
