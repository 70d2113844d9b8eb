import type {
  CarrierAccountView,
  CarrierDescription,
  MappingTryOut,
  ReconciliationView,
  RefusedWebhookView,
  SendingHealth,
  Webhook,
  WebhookDelivery,
} from '@partyline/contracts';

const AT = '2026-11-23T18:00:00.000Z';

export const CARRIER: CarrierDescription = {
  id: 'twilio',
  name: 'Twilio',
  setup: 'Under the number’s Messaging Configuration, as the webhook for incoming messages (HTTP POST).',
  rotation: 'Make a secondary auth token, give it here as the second value, then promote it at Twilio.',
  fields: [
    {
      name: 'authToken',
      kind: 'secret',
      label: 'Auth token',
      help: 'From the console.',
      required: true,
      rotates: true,
    },
  ],
  oneOf: [],
  hasLog: true,
};

export const CARRIER_ACCOUNT: CarrierAccountView = {
  id: 'twilio-main',
  carrier: 'twilio',
  name: 'Our Twilio account',
  publicUrl: 'https://hooks.example.com/hooks/twilio/twilio-main',
  settings: { accountSid: 'AC00000000000000000000000000000000' },
  active: true,
  secretNames: ['authToken'],
  secretsExpireAt: {},
  secretsSetAt: { authToken: AT },
  revision: 3,
  webhookUrl: 'https://hooks.example.com/hooks/twilio/twilio-main',
  counters: { received: 120, landed: 119, open: 1, rejected: 0, badSignatures: 2 },
  lastWebhookAt: AT,
};

export const REFUSED_WEBHOOK: RefusedWebhookView = {
  at: AT,
  kind: 'bad_signature',
  reason: 'The signature is not that of the auth token.',
  method: 'POST',
  query: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'From=%2B13105550142&Body=Hi',
  bytes: 27,
  correlationId: 'co_4be1d1a2c0f54d3c9d0a7a1c0b0e7f11',
};

export const SENDING: SendingHealth = {
  accountId: 'twilio-main',
  carrier: 'twilio',
  waiting: 0,
  sent: 2,
  delivered: 118,
  failed: 1,
  unknown: 0,
  lastSentAt: AT,
  reasons: [{ errorClass: 'unreachable_number', count: 1 }],
};

export const RECONCILIATION: ReconciliationView = {
  carrier: 'twilio',
  accountId: 'twilio-main',
  sharedWith: [],
  running: null,
  last: {
    compared: 240,
    textsHealed: 1,
    textsMissing: 0,
    repliesSettled: 2,
    failures: 0,
    from: '2026-11-22T18:00:00.000Z',
    to: AT,
    startedAt: AT,
    finishedAt: '2026-11-23T18:01:00.000Z',
  },
  problem: null,
  nextAt: '2026-11-23T19:00:00.000Z',
};

export const TRY_OUT: MappingTryOut = {
  ok: true,
  events: [
    {
      kind: 'message',
      providerMessageId: 'm-1',
      from: '+13105550142',
      to: '+12125550101',
      text: 'Hi',
      media: [],
    },
  ],
};

export const WEBHOOK: Webhook = {
  id: 'wh_1f0e9d8c',
  url: 'https://crm.example.com/partyline',
  description: 'CRM',
  events: ['message.received', 'conversation.done'],
  active: true,
  createdAt: AT,
  failingSince: null,
  disabledBecause: null,
  oldSecretUntil: null,
};

export const WEBHOOK_DELIVERY: WebhookDelivery = {
  id: 'wd_1f0e9d8c',
  type: 'message.received',
  state: 'delivered',
  createdAt: AT,
  nextAt: null,
  attempts: 1,
  tries: [{ at: AT, status: 200, error: null, ms: 84 }],
};
