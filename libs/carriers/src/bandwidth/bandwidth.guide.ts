import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/bandwidth.md. */
export const bandwidthGuide: CarrierGuide = {
  setup: 'Applications, your messaging application: both callback URLs (inbound and status) are this URL.',
  rotation:
    'Applications, your messaging application: set the new callback password there after it was added here.',
  fields: [
    {
      name: 'accountId',
      kind: 'setting',
      label: 'Account number',
      help: 'Bandwidth dashboard, at the top right.',
      required: true,
    },
    {
      name: 'applicationId',
      kind: 'setting',
      label: 'Application ID',
      help: 'Applications, your messaging application.',
      required: true,
    },
    {
      name: 'apiUser',
      kind: 'setting',
      label: 'API user',
      help: 'Account, Users: the name of a user for the API.',
      required: true,
    },
    {
      name: 'webhookUser',
      kind: 'setting',
      label: 'Callback user name',
      help: 'The user name of the callbacks; any counts where it is empty.',
      required: false,
    },
    {
      name: 'apiPassword',
      kind: 'secret',
      label: 'API password',
      help: 'The password of the API user.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Callback password',
      help: 'The password of the callbacks, as it is set in the messaging application.',
      required: true,
    },
  ],
  oneOf: [],
};
