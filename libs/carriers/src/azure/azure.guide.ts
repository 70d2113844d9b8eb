import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/azure.md. */
export const azureGuide: CarrierGuide = {
  setup:
    'The resource, Events, Event Subscription: SMS Received and SMS Delivery Report Received, Web Hook, this URL. It is validated by itself.',
  rotation: 'The resource, Events, the event subscription: change ?token= in its endpoint.',
  fields: [
    {
      name: 'endpoint',
      kind: 'setting',
      label: 'Endpoint',
      help: 'The Communication Services resource, Keys.',
      required: true,
      example: 'https://name.unitedstates.communication.azure.com',
    },
    {
      name: 'accessKey',
      kind: 'secret',
      label: 'Access key',
      help: 'The primary or secondary key, beside the endpoint.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'A long random word of your own: Event Grid shows it with every webhook, as ?token= in the URL or as password.',
      required: true,
    },
  ],
  oneOf: [],
};
