import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/sinch.md. */
export const sinchGuide: CarrierGuide = {
  setup: 'SMS, APIs, your service plan: the callback URL is this URL.',
  rotation:
    'SMS, APIs, your service plan: change ?token= in the callback URL, or ask Sinch support for a new signing secret.',
  fields: [
    {
      name: 'servicePlanId',
      kind: 'setting',
      label: 'Service plan ID',
      help: 'Sinch dashboard, SMS, APIs.',
      required: true,
    },
    {
      name: 'region',
      kind: 'setting',
      label: 'Region',
      help: 'Where the plan is; us where it is empty.',
      required: false,
      example: 'us',
      options: ['us', 'eu', 'au', 'br', 'ca'],
    },
    {
      name: 'apiToken',
      kind: 'secret',
      label: 'API token',
      help: 'Sinch dashboard, SMS, APIs, for sending.',
      required: true,
    },
    {
      name: 'signingSecret',
      kind: 'secret',
      label: 'Signing secret',
      help: 'Where Sinch support has switched signed callbacks on for the plan.',
      required: false,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'Where callbacks are not signed: a word of your own as ?token= in the callback URL.',
      required: false,
    },
  ],
  oneOf: [['signingSecret', 'webhookSecret']],
};
