import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/kaleyra.md. */
export const kaleyraGuide: CarrierGuide = {
  setup:
    'Callback profiles: one for incoming SMS and one for delivery reports, both to this URL, assigned to the numbers.',
  rotation: 'Callback profiles: change ?token= in the URL, or the password.',
  fields: [
    {
      name: 'host',
      kind: 'setting',
      label: 'Host',
      help: 'api.in.kaleyra.io in India.',
      required: true,
      example: 'api.kaleyra.io',
      options: ['api.kaleyra.io', 'api.in.kaleyra.io'],
    },
    {
      name: 'sid',
      kind: 'setting',
      label: 'SID',
      help: 'Developer, API credentials.',
      required: true,
    },
    {
      name: 'type',
      kind: 'setting',
      label: 'Type of texts',
      help: 'TXN, MKT or OTP.',
      required: true,
      example: 'TXN',
      options: ['TXN', 'MKT', 'OTP'],
    },
    {
      name: 'number',
      kind: 'setting',
      label: 'Number',
      help: 'Our number, for templates that do not name it.',
      required: false,
      example: '+12125550101',
    },
    {
      name: 'mapping',
      kind: 'setting',
      label: 'Mapping',
      help: 'Only for a callback template with other names: the mapping, in JSON.',
      required: false,
    },
    {
      name: 'apiKey',
      kind: 'secret',
      label: 'API key',
      help: 'Developer, API credentials.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'A long random word of your own: Kaleyra shows it with every webhook, as ?token= in the URL or as password.',
      required: true,
    },
  ],
  oneOf: [],
};
