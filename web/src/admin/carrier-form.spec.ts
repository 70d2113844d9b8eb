import { describe, expect, it } from '@jest/globals';
import type { CarrierDescription } from '@partyline/contracts';
import { fieldsOf, secretsOf, settingsOf } from './carrier-form.js';

const field = (kind: 'setting' | 'secret', name: string) => ({
  kind,
  name,
  label: name,
  help: '',
  required: true,
  rotates: false,
});
const carrier: CarrierDescription = {
  id: 'generic',
  name: 'Another carrier',
  setup: '',
  rotation: '',
  fields: [field('setting', 'number'), field('secret', 'apiKey')],
  oneOf: [],
  hasLog: false,
};
const OF_EVERY_ACCOUNT = ['setting sendsPerSecond', 'setting keywordAnswers'];
const names = (mapping: string) => fieldsOf(carrier, mapping).map(({ kind, name }) => `${kind} ${name}`);

describe('the form of a carrier account', () => {
  it('asks for what the mapping names beyond what every account needs, once', () => {
    expect(names('')).toEqual(['setting number', 'secret apiKey', ...OF_EVERY_ACCOUNT]);
    expect(names('{setting:account} {secret:apiKey} {basic:account:pass}')).toEqual([
      'setting number',
      'secret apiKey',
      'setting account',
      'secret pass',
      ...OF_EVERY_ACCOUNT,
    ]);
  });

  it('leaves settings alone that it does not ask for, and takes out what was emptied', () => {
    const before = { number: '+12125550101', statusHost: 'x' };
    expect(settingsOf(fieldsOf(carrier, ''), before, { number: '', sendsPerSecond: '5' })).toEqual({
      statusHost: 'x',
      sendsPerSecond: '5',
    });
  });

  it('sends only the secrets that were typed in', () => {
    expect(secretsOf(carrier.fields, { apiKey: '', number: '1' })).toEqual({});
    expect(secretsOf(carrier.fields, { apiKey: 'hush' })).toEqual({ apiKey: 'hush' });
  });
});
