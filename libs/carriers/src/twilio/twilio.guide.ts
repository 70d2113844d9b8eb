import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/twilio.md. */
export const twilioGuide: CarrierGuide = {
  setup:
    'Phone Numbers, Active numbers, the number, Messaging: “A message comes in” is a Webhook, HTTP POST, to this URL.',
  rotation:
    'Twilio console, Account, API keys & tokens: create a secondary Auth Token and add it here; then promote it in both places.',
  fields: [
    {
      name: 'accountSid',
      kind: 'setting',
      label: 'Account SID',
      help: 'Twilio console, Account, API keys & tokens: begins with AC.',
      required: true,
      example: 'AC00000000000000000000000000000001',
    },
    {
      name: 'messagingServiceSid',
      kind: 'setting',
      label: 'Messaging Service SID',
      help: 'Only to send through a Messaging Service instead of one number.',
      required: false,
    },
    {
      name: 'number',
      kind: 'setting',
      label: 'Number under Conversations',
      help: 'Only where texts come by the webhook of Conversations, which does not name the number, and not by the number’s own.',
      required: false,
      example: '+12125550101',
    },
    {
      name: 'apiBase',
      kind: 'setting',
      label: 'API address',
      help: 'Only for a regional host of twilio.com.',
      required: false,
      example: 'https://api.dublin.ie1.twilio.com',
    },
    {
      name: 'authToken',
      kind: 'secret',
      label: 'Auth Token',
      help: 'The primary Auth Token, beside the Account SID: it signs webhooks and sends.',
      required: true,
    },
  ],
  oneOf: [],
};
