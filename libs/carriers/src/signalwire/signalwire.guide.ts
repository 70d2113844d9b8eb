import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/signalwire.md. */
export const signalwireGuide: CarrierGuide = {
  setup: 'Phone Numbers, the number, Messaging: a LaML webhook, “When a message comes in” is this URL, POST.',
  rotation: 'API Credentials, Signing Key: make a new one, show it and add it here.',
  fields: [
    {
      name: 'space',
      kind: 'setting',
      label: 'Space',
      help: 'The host of your space.',
      required: true,
      example: 'acme.signalwire.com',
    },
    {
      name: 'projectId',
      kind: 'setting',
      label: 'Project ID',
      help: 'SignalWire dashboard, API Credentials.',
      required: true,
    },
    {
      name: 'apiToken',
      kind: 'secret',
      label: 'API token',
      help: 'API Credentials: a token with the Messaging scope, for sending.',
      required: true,
    },
    {
      name: 'signingKey',
      kind: 'secret',
      label: 'Signing key',
      help: 'API Credentials, Signing Key, Show: webhooks are signed with it, not with the API token.',
      required: true,
    },
  ],
  oneOf: [],
};
