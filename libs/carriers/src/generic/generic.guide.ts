import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/generic.md. */
export const genericGuide: CarrierGuide = {
  setup:
    'Set this URL as the webhook for texts and for delivery reports, have a text sent, and try the mapping on what came.',
  rotation:
    'Change what the carrier shows with its webhooks: ?token= in the URL, the password, or the signing secret.',
  fields: [
    {
      name: 'mapping',
      kind: 'setting',
      label: 'Mapping',
      help: 'Says where things stand in what the carrier sends, and how to send, in JSON.',
      required: true,
    },
    {
      name: 'number',
      kind: 'setting',
      label: 'Number',
      help: 'Our number, for webhooks that do not name it.',
      required: false,
      example: '+12125550101',
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'A long random word of your own: the carrier shows it with every webhook, as ?token= in the URL or as password.',
      required: false,
    },
    {
      name: 'signingSecret',
      kind: 'secret',
      label: 'Signing secret',
      help: 'Instead, where the mapping describes a signature.',
      required: false,
    },
    {
      name: 'apiKey',
      kind: 'secret',
      label: 'API key',
      help: 'For sending, where the mapping names it as {secret:apiKey}.',
      required: false,
    },
  ],
  oneOf: [['webhookSecret', 'signingSecret']],
};
