import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '@partyline/kernel';
import type { Handshake, OpenAccount, WebhookRequest } from '../carrier.js';
import { bodyText, parseJson } from '../payload.js';

const SNS_HOST = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;
const HASHES: Readonly<Record<string, string>> = { '1': 'sha1', '2': 'sha256' };
/** The keys that are signed, in their order; those that a message does not have are left out. */
const SIGNED = [
  'Message',
  'MessageId',
  'Subject',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;
/** A notification is signed without what only a subscription has. */
const OF_SUBSCRIPTIONS = new Set<string>(['SubscribeURL', 'Token']);

const envelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.string(),
  Token: z.string().nullish(),
  SubscribeURL: z.string().nullish(),
  SignatureVersion: z.string(),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
export type SnsEnvelope = z.infer<typeof envelope>;

/** What SNS posts, as `text/plain`; null: it is none of it. */
export function readSns(request: WebhookRequest): SnsEnvelope | null {
  return envelope.safeParse(parseJson(bodyText(request))).data ?? null;
}

/** Topics are pinned: anyone can make a topic of their own, which SNS signs just as well. */
export function isOurTopic(sns: SnsEnvelope, account: OpenAccount): boolean {
  return topicsOf(account.settings).includes(sns.TopicArn);
}

export function topicsOf(settings: Readonly<Record<string, string>>): string[] {
  return (settings['topicArns'] ?? '').split(/[\s,]+/).filter((arn) => arn !== '');
}

function snsUrl(raw: string | null | undefined): URL | null {
  if (!raw || !URL.canParse(raw)) return null;
  const url = new URL(raw);
  const plain = url.username === '' && url.password === '' && url.port === '';
  return url.protocol === 'https:' && plain && SNS_HOST.test(url.hostname) ? url : null;
}

/** Only a certificate of SNS's own host is ever asked for, and only for a topic of ours. */
export function snsCertificateUrl(request: WebhookRequest, account: OpenAccount): string | null {
  const sns = readSns(request);
  const url = sns && isOurTopic(sns, account) ? snsUrl(sns.SigningCertURL) : null;
  return url && /^\/[A-Za-z0-9_-]+\.pem$/.test(url.pathname) && url.search === '' ? url.href : null;
}

/** Source: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export function snsStringToSign(sns: SnsEnvelope): string {
  const isNotification = sns.Type === 'Notification';
  return SIGNED.filter((key) => sns[key] != null && !(isNotification && OF_SUBSCRIPTIONS.has(key)))
    .map((key) => `${key}\n${sns[key]}\n`)
    .join('');
}

export function verifySnsWebhook(request: WebhookRequest, account: OpenAccount): Result<null, string> {
  if (request.headers['x-amz-sns-rawdelivery'] === 'true') {
    return fail('raw message delivery is not signed: switch it off for this subscription in SNS');
  }
  const sns = readSns(request);
  if (!sns) return fail('the body is no SNS message, or one without signature');
  if (!isOurTopic(sns, account)) return fail('the topic is none of settings.topicArns');
  const hash = Object.hasOwn(HASHES, sns.SignatureVersion) ? HASHES[sns.SignatureVersion] : undefined;
  if (hash === undefined) return fail('SignatureVersion is neither 1 nor 2');
  if (snsCertificateUrl(request, account) === null) return fail('SigningCertURL is not a certificate of SNS');
  if (request.certificate === undefined) return fail('the signing certificate of SNS could not be had');
  return signatureFits(hash, snsStringToSign(sns), request.certificate, sns.Signature)
    ? ok(null)
    : fail('the SNS signature does not fit its certificate');
}

function signatureFits(hash: string, text: string, certificate: string, signature: string): boolean {
  try {
    const key = createPublicKey(certificate);
    return verify(hash, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** SNS sends nothing until the URL in its first message was fetched. */
export function snsHandshake(request: WebhookRequest): Handshake | null {
  const sns = readSns(request);
  if (!sns || sns.Type === 'Notification') return null;
  const answer = { status: 200, contentType: null, body: '' };
  // An unsubscription has such a URL too, which would undo it.
  const url = sns.Type === 'SubscriptionConfirmation' ? snsUrl(sns.SubscribeURL) : null;
  return { answer, confirmUrl: url?.searchParams.get('Action') === 'ConfirmSubscription' ? url.href : null };
}
