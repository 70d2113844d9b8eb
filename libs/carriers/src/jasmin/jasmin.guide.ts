import type { CarrierGuide } from '../carrier-guide.js';

/** What an Admin fills in for an account, see docs/carriers/jasmin.md. */
export const jasminGuide: CarrierGuide = {
  setup:
    'jcli: an httpccm connector to this URL, method POST, with an MO route from the SMPP connector of the carrier.',
  rotation: 'jcli: change ?token= in the url of the httpccm connector.',
  fields: [
    {
      name: 'apiBase',
      kind: 'setting',
      label: 'HTTP API',
      help: 'Where the HTTP API of Jasmin is.',
      required: true,
      example: 'http://jasmin:1401',
    },
    {
      name: 'username',
      kind: 'setting',
      label: 'User',
      help: 'The Jasmin user that sends.',
      required: true,
    },
    {
      name: 'alphabet',
      kind: 'setting',
      label: 'Alphabet',
      help: 'What data coding 0 means at the SMSC; gsm where it is empty.',
      required: false,
      example: 'gsm',
      options: ['gsm', 'latin1', 'utf8'],
    },
    {
      name: 'password',
      kind: 'secret',
      label: 'Password',
      help: 'Of the Jasmin user.',
      required: true,
    },
    {
      name: 'webhookSecret',
      kind: 'secret',
      label: 'Webhook secret',
      help: 'A long random word of your own: Jasmin shows it with every webhook, as ?token= in the URL or as password.',
      required: true,
    },
  ],
  oneOf: [],
};
