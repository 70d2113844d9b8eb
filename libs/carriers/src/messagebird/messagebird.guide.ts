import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/messagebird.md. */
export const messagebirdGuide: CarrierGuide = {
  setup: 'Numbers, the number, Flow: “Call HTTP endpoint with SMS”, this URL, POST.',
  rotation: 'Developers, API settings: make a new signing key and add it here.',
  fields: [
    {
      name: 'accessKey',
      kind: 'secret',
      label: 'Access key',
      help: 'Developers, API access: a live key, for sending.',
      required: true,
    },
    {
      name: 'signingKey',
      kind: 'secret',
      label: 'Signing key',
      help: 'Developers, API settings: webhooks are signed with it.',
      required: false,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'For status reports, which are not always signed: a word of your own.',
      required: false,
    },
  ],
  oneOf: [['signingKey', 'webhookSecret']],
};
