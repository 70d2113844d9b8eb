import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/infobip.md. */
export const infobipGuide: CarrierGuide = {
  setup: 'Channels and Numbers, Numbers, the number, Keywords, Forwarding: Forward to HTTP, this URL.',
  rotation:
    'Change ?token= in the forwarding URL, or the password in Developer tools, Subscriptions Management.',
  fields: [
    {
      name: 'host',
      kind: 'setting',
      label: 'Base URL',
      help: 'Infobip portal, home page: without https://.',
      required: true,
      example: 'xxxxx.api.infobip.com',
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
      help: 'Developer tools, API keys: a key with the SMS scopes.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'A long random word of your own: Infobip shows it with every webhook, as ?token= in the URL or as password.',
      required: true,
    },
  ],
  oneOf: [],
};
