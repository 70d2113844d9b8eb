import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/plivo.md. */
export const plivoGuide: CarrierGuide = {
  setup:
    'Messaging, Applications, XML: an application whose Message URL is this URL, POST, assigned to the numbers.',
  rotation: 'Plivo console, home: make a new Auth Token and add it here.',
  fields: [
    {
      name: 'authId',
      kind: 'setting',
      label: 'Auth ID',
      help: 'Plivo console, home.',
      required: true,
    },
    {
      name: 'powerpackUuid',
      kind: 'setting',
      label: 'Powerpack',
      help: 'Only to send from a Powerpack instead of one number.',
      required: false,
    },
    {
      name: 'authToken',
      kind: 'secret',
      label: 'Auth Token',
      help: 'Plivo console, home: signs webhooks and sends.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'Recommended: a word of your own as ?token= in the Message URL, on top of the signature.',
      required: false,
    },
  ],
  oneOf: [],
};
