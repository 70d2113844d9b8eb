import { z } from 'zod';
import type { Carrier, HttpRequest, OpenAccount, OutboundText } from '../carrier.js';
import { noteField } from '../fields.js';
import { answersTo } from '../keyword-answers.js';
import type { ErrorClass } from '../outcome.js';
import { readSendAnswer, textWithLinks, type Refused } from '../send-answer.js';
import { signAwsRequest } from './aws.signature-v4.js';
import { snsCertificateUrl, snsHandshake, topicsOf, verifySnsWebhook } from './aws.sns.js';
import { parseAwsWebhook } from './aws.webhook.js';
import { awsGuide } from './aws.guide.js';

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const TOPIC = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;
const taken = z.object({ MessageId: z.string() });
const refused = z.object({
  __type: z.string(),
  message: noteField,
  Message: noteField,
  Reason: z.string().nullish().catch(null),
});
/** Source: https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  AccessDeniedException: 'credentials',
  UnrecognizedClientException: 'credentials',
  InvalidSignatureException: 'credentials',
  ExpiredTokenException: 'credentials',
  MissingAuthenticationTokenException: 'credentials',
  ThrottlingException: 'throttled',
  DESTINATION_PHONE_NUMBER_OPTED_OUT: 'opted_out',
  DESTINATION_PHONE_NUMBER_NOT_VERIFIED: 'blocked',
  MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT: 'price',
  PHONE_NUMBER_NOT_IN_REGISTRATION_REGION: 'unregistered',
  DESTINATION_COUNTRY_BLOCKED: 'blocked',
  INTERNATIONAL_SENDING_NOT_SUPPORTED: 'blocked',
  NO_ORIGINATION_IDENTITIES_FOUND: 'unregistered',
  NUMBER_CAPABILITIES_MISMATCH: 'unregistered',
  INVALID_IDENTITY_FOR_DESTINATION_COUNTRY: 'unregistered',
  SENDER_ID_NOT_REGISTERED: 'unregistered',
  SENDER_ID_NOT_SUPPORTED: 'unregistered',
  SENDER_ID_REQUIRES_REGISTRATION: 'unregistered',
  REGISTRATION_NOT_COMPLETE: 'unregistered',
  MAXIMUM_SIZE_EXCEEDED: 'content',
  PRICE_OVER_THRESHOLD: 'price',
};

/** SendTextMessage; the service takes pictures only from S3, so links to them follow the text. */
function buildSend(message: OutboundText, account: OpenAccount): HttpRequest {
  const { settings } = account;
  const region = settings['region'] ?? '';
  const standard = `https://sms-voice.${region}.amazonaws.com`;
  const base = URL.canParse(settings['apiBase'] || standard)
    ? new URL(settings['apiBase'] || standard)
    : new URL('https://sms-voice.invalid');
  const configurationSet = settings['configurationSet'];
  const body = JSON.stringify({
    DestinationPhoneNumber: message.to,
    OriginationIdentity: message.from,
    MessageBody: textWithLinks(message),
    MessageType: settings['messageType'] || 'TRANSACTIONAL',
    ...(configurationSet ? { ConfigurationSetName: configurationSet } : {}),
    Context: { reference: message.messageId },
  });
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'PinpointSMSVoiceV2.SendTextMessage',
  };
  const key = {
    accessKeyId: settings['accessKeyId'] ?? '',
    secretAccessKey: account.secrets['secretAccessKey'] ?? '',
    region,
    service: 'sms-voice',
  };
  return {
    method: 'POST',
    url: `${base.origin}/`,
    headers: signAwsRequest({ method: 'POST', host: base.host, path: '/', headers, body }, key, message.at),
    body,
  };
}

function readRefused(json: unknown): Refused | null {
  const answer = refused.safeParse(json);
  if (!answer.success) return null;
  const { __type, message, Message, Reason } = answer.data;
  const type = __type.replace(/^.*#/, '');
  const errorClass = [Reason, type].map((name) =>
    name && Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined,
  );
  return {
    code: Reason || type,
    errorClass: errorClass.find((one) => one !== undefined) ?? 'unknown',
    text: message ?? Message,
  };
}

/**
 * AWS End User Messaging SMS: texts and events by SNS, sending by SendTextMessage.
 * Settings: `region`, `topicArns` (of inbound texts and of events, by comma), `accessKeyId`, optional
 * `configurationSet`, `messageType`, `apiBase`. Secrets: `secretAccessKey`.
 */
export const aws: Carrier = {
  id: 'aws',
  name: 'AWS End User Messaging',
  guide: awsGuide,
  // Unless opt-outs are self-managed. START is answered only where it was added as a keyword.
  // Source: https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html
  answersKeyword: answersTo('STOP ARRET CANCEL END OPTOUT QUIT REMOVE TD UNSUBSCRIBE HELP'),
  answer: { status: 200, contentType: null, body: '' },
  verify: verifySnsWebhook,
  parse: parseAwsWebhook,
  buildSend,
  parseSend: (response) =>
    readSendAnswer(response, {
      name: 'AWS',
      taken: (json) => {
        const answer = taken.safeParse(json);
        return answer.success ? { id: answer.data.MessageId, segments: null } : null;
      },
      refused: readRefused,
    }),
  mediaHeaders: () => ({}),
  filesAsLinks: () => true,
  accountProblem: (settings, secretNames) => {
    if (!REGION.test(settings['region'] ?? ''))
      return 'settings.region must be an AWS region, like us-east-1';
    const topics = topicsOf(settings);
    if (topics.length === 0 || !topics.every((arn) => TOPIC.test(arn))) {
      return 'settings.topicArns must be the ARNs of the SNS topics of texts and of events, separated by commas';
    }
    if (!settings['accessKeyId'])
      return 'settings.accessKeyId is missing: the access key that may call SendTextMessage';
    return secretNames.includes('secretAccessKey') ? null : 'secrets.secretAccessKey is missing';
  },
  certificateUrl: snsCertificateUrl,
  handshake: snsHandshake,
  // SNS takes any other 4xx for final.
  refusalStatus: () => 429,
};
