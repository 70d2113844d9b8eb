import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/aws.md. */
export const awsGuide: CarrierGuide = {
  setup:
    'SNS, each topic, Create subscription: HTTPS, endpoint is this URL, raw message delivery off. It is confirmed by itself.',
  rotation:
    'Webhooks are signed with a certificate of AWS: nothing to change. A new access key counts as soon as it is saved.',
  fields: [
    {
      name: 'region',
      kind: 'setting',
      label: 'Region',
      help: 'The AWS region of the number.',
      required: true,
      example: 'us-east-1',
    },
    {
      name: 'topicArns',
      kind: 'setting',
      label: 'SNS topics',
      help: 'ARNs of the topics of texts and of events, separated by a comma.',
      required: true,
      example: 'arn:aws:sns:us-east-1:123456789012:texts',
    },
    {
      name: 'accessKeyId',
      kind: 'setting',
      label: 'Access key ID',
      help: 'Of a user that may call sms-voice:SendTextMessage.',
      required: true,
    },
    {
      name: 'configurationSet',
      kind: 'setting',
      label: 'Configuration set',
      help: 'Needed for delivery events.',
      required: false,
    },
    {
      name: 'messageType',
      kind: 'setting',
      label: 'Message type',
      help: 'TRANSACTIONAL where it is empty.',
      required: false,
      example: 'TRANSACTIONAL',
      options: ['TRANSACTIONAL', 'PROMOTIONAL'],
    },
    {
      name: 'secretAccessKey',
      kind: 'secret',
      label: 'Secret access key',
      help: 'Of the access key.',
      required: true,
    },
  ],
  oneOf: [],
};
