import type { CarrierGuide } from '../carrier-guide.js';

/** What an account of the demo has. */
export const simulatorGuide: CarrierGuide = {
  setup: 'The phone simulator of the demo is set up already.',
  rotation: 'The simulator of the demo keeps its secret: with another one its webhooks are refused.',
  fields: [
    {
      name: 'apiBase',
      kind: 'setting',
      label: 'Address',
      help: 'Where the phone simulator is.',
      required: true,
    },
    {
      name: 'signingSecret',
      kind: 'secret',
      label: 'Signing secret',
      help: 'The simulator signs its webhooks with it.',
      required: true,
    },
  ],
  oneOf: [],
};
