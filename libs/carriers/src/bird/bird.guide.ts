import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/bird.md. */
export const birdGuide: CarrierGuide = {
  setup: 'Developer, Webhooks: subscribe this URL to sms.inbound and sms.outbound of the service “channels”.',
  rotation: 'Developer, Webhooks: change the signing key of the subscription.',
  fields: [
    {
      name: 'workspaceId',
      kind: 'setting',
      label: 'Workspace',
      help: 'From the URL of the channel in Bird.',
      required: true,
    },
    {
      name: 'channelId',
      kind: 'setting',
      label: 'Channel',
      help: 'From the URL of the channel in Bird.',
      required: true,
    },
    {
      name: 'number',
      kind: 'setting',
      label: 'Number',
      help: 'The number of the channel, because Bird does not tell it with a text.',
      required: true,
      example: '+12125550101',
    },
    {
      name: 'accessKey',
      kind: 'secret',
      label: 'Access key',
      help: 'Settings, Security, Access keys: for sending and for pictures.',
      required: true,
    },
    {
      name: 'signingKey',
      kind: 'secret',
      label: 'Signing key',
      help: 'The key of the webhook subscription, of your own choice.',
      required: true,
    },
  ],
  oneOf: [],
};
