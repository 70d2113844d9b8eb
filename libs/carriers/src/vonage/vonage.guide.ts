import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/vonage.md. */
export const vonageGuide: CarrierGuide = {
  setup:
    'API settings, SMS settings: inbound and delivery receipt webhooks are this URL; for the Messages API the inbound and status URL of the application.',
  rotation:
    'API settings, Signed webhooks: the new signature secret counts there at once, so add it here first.',
  fields: [
    {
      name: 'apiKey',
      kind: 'setting',
      label: 'API key',
      help: 'Vonage dashboard, API settings.',
      required: true,
    },
    {
      name: 'api',
      kind: 'setting',
      label: 'API that sends',
      help: 'Which of the two APIs sends; sms where it is empty.',
      required: false,
      example: 'sms',
      options: ['sms', 'messages'],
    },
    {
      name: 'signatureMethod',
      kind: 'setting',
      label: 'Signature method',
      help: 'As chosen in API settings; any of them where it is empty.',
      required: false,
      example: 'sha256',
      options: ['md5hash', 'md5', 'sha1', 'sha256', 'sha512'],
    },
    {
      name: 'apiSecret',
      kind: 'secret',
      label: 'API secret',
      help: 'API settings, for sending.',
      required: true,
    },
    {
      name: 'signatureSecret',
      kind: 'secret',
      label: 'Signature secret',
      help: 'API settings, Signed webhooks.',
      required: false,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'Only where webhooks are not signed: a word of your own as ?token= in the webhook URL.',
      required: false,
    },
  ],
  oneOf: [['signatureSecret', 'webhookSecret']],
};
