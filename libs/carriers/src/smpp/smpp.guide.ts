import type { CarrierGuide } from '../carrier-guide.js';
import { ALPHABETS, ID_FORMATS, LONG_TEXTS } from './smpp.account.js';

const setting = { kind: 'setting', required: false } as const;

/** What an Admin fills in for an account, see docs/carriers/smpp.md. */
export const smppGuide: CarrierGuide = {
  setup:
    'Nothing is called here: we bind to the SMSC, once to receive and once from each process that sends. The carrier has to allow a receiver and a transmitter bind, and the addresses that we come from.',
  rotation:
    'Ask the carrier for a new password of the system id; until it is changed there, the old one binds.',
  fields: [
    {
      name: 'host',
      kind: 'setting',
      label: 'SMSC',
      help: 'The name or address of the SMSC.',
      required: true,
      example: 'smpp.example.com',
    },
    {
      ...setting,
      name: 'port',
      label: 'Port',
      help: 'Where it is empty: 2775, or 3550 with TLS.',
      example: '2775',
    },
    {
      ...setting,
      name: 'tls',
      label: 'TLS',
      help: 'Whether the connection is encrypted.',
      options: ['yes', 'no'],
    },
    {
      name: 'systemId',
      kind: 'setting',
      label: 'System id',
      help: 'The user name that the carrier gave you.',
      required: true,
    },
    { ...setting, name: 'systemType', label: 'System type', help: 'Only where the carrier asks for one.' },
    {
      ...setting,
      name: 'addressRange',
      label: 'Address range',
      help: 'Which numbers this bind receives for, only where the carrier asks for it.',
    },
    {
      ...setting,
      name: 'alphabet',
      label: 'Alphabet',
      help: 'What data coding 0 means at the SMSC; gsm where it is empty.',
      example: 'gsm',
      options: ALPHABETS,
    },
    {
      ...setting,
      name: 'longTexts',
      label: 'Long texts',
      help: 'How the parts of a long text are marked; udh where it is empty. With payload the SMSC cuts it.',
      example: 'udh',
      options: LONG_TEXTS,
    },
    {
      ...setting,
      name: 'messageIds',
      label: 'Message ids',
      help: 'How ids are written in answers and in receipts. Same: letter by letter; decimal and hex: as numbers, with or without zeros before them.',
      example: 'same',
      options: ID_FORMATS,
    },
    {
      ...setting,
      name: 'country',
      label: 'Country',
      help: 'In two letters: how numbers are read that come without their country.',
      example: 'DE',
    },
    {
      ...setting,
      name: 'number',
      label: 'Our number',
      help: 'Only where the SMSC does not say which number a text came to.',
      example: '+12125550101',
    },
    {
      ...setting,
      name: 'shortCodeTon',
      label: 'TON of short codes',
      help: '3 where it is empty.',
      example: '3',
    },
    {
      ...setting,
      name: 'shortCodeNpi',
      label: 'NPI of short codes',
      help: '0 where it is empty.',
      example: '0',
    },
    {
      name: 'bindPassword',
      kind: 'secret',
      label: 'Password',
      help: 'Of the system id.',
      required: true,
    },
  ],
  oneOf: [],
};
