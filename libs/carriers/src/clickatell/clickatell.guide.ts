import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/clickatell.md. */
export const clickatellGuide: CarrierGuide = {
  setup: 'Developer workspace, the integration, Callbacks: this URL.',
  rotation: 'Developer workspace, the integration, Callbacks: change ?token= in the URL, or the password.',
  fields: [
    {
      name: 'number',
      kind: 'setting',
      label: 'Number',
      help: 'The number of the integration, for callbacks that do not name it.',
      required: false,
      example: '+12125550101',
    },
    {
      name: 'webhookUser',
      kind: 'setting',
      label: 'User name of webhooks',
      help: 'Of basic authentication; any counts where it is empty.',
      required: false,
    },
    {
      name: 'apiKey',
      kind: 'secret',
      label: 'API key',
      help: 'Developer workspace, the integration.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'A long random word of your own: Clickatell shows it with every webhook, as ?token= in the URL or as password.',
      required: true,
    },
  ],
  oneOf: [],
};
