import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/telnyx.md. */
export const telnyxGuide: CarrierGuide = {
  setup: 'Messaging, your messaging profile, Inbound: “Send a webhook to this URL”, API version 2.',
  rotation:
    'Webhooks are signed with a key of Telnyx, which is no secret: put the new public key in Public key and the old one in Public key before. A new API key counts as soon as it is saved.',
  fields: [
    {
      name: 'publicKey',
      kind: 'setting',
      label: 'Public key',
      help: 'Telnyx portal, Account, Keys & Credentials, Public Key: webhooks are checked by it.',
      required: true,
    },
    {
      name: 'previousPublicKey',
      kind: 'setting',
      label: 'Public key before',
      help: 'The key before, while it is being changed.',
      required: false,
    },
    {
      name: 'messagingProfileId',
      kind: 'setting',
      label: 'Messaging profile',
      help: 'Only to send from a number pool.',
      required: false,
    },
    {
      name: 'apiKey',
      kind: 'secret',
      label: 'API key',
      help: 'Keys & Credentials, API Keys: a V2 key, for sending.',
      required: true,
    },
  ],
  oneOf: [],
};
