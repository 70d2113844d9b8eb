import type { CarrierDescription } from '@partyline/contracts';

export type CarrierField = CarrierDescription['fields'][number];
export type Values = Readonly<Record<string, string>>;

const RATE: CarrierField = {
  name: 'sendsPerSecond',
  kind: 'setting',
  label: 'Texts per second',
  help: 'How many the carrier lets this account send; more wait their turn.',
  required: false,
  rotates: false,
};

const ANSWERS: CarrierField = {
  name: 'keywordAnswers',
  kind: 'setting',
  label: 'STOP, START and HELP are answered by',
  help: 'As usual: by the carrier where it is known to answer by itself, else by Partyline. Never by both.',
  required: false,
  rotates: false,
  options: ['carrier', 'partyline'],
};

/** What is asked for: what the carrier needs, and what a mapping names beyond that. */
export function fieldsOf(carrier: CarrierDescription, mapping: string): readonly CarrierField[] {
  const known = new Set(carrier.fields.map(({ kind, name }) => `${kind} ${name}`));
  const named: CarrierField[] = [];
  const add = (kind: CarrierField['kind'], name: string) => {
    if (known.has(`${kind} ${name}`)) return;
    known.add(`${kind} ${name}`);
    named.push({ kind, name, label: name, help: 'The mapping names it.', required: true, rotates: false });
  };
  for (const [, kind, name] of mapping.matchAll(/\{(setting|secret):(\w+)\}/g)) {
    if (name !== undefined) add(kind === 'secret' ? 'secret' : 'setting', name);
  }
  for (const [, setting, secret] of mapping.matchAll(/\{basic:(\w+):(\w+)\}/g)) {
    if (setting !== undefined && secret !== undefined) {
      add('setting', setting);
      add('secret', secret);
    }
  }
  return [...carrier.fields, ...named, RATE, ANSWERS];
}

/** Settings as they are sent: what is empty is left out, what is not asked for here stays. */
export function settingsOf(
  fields: readonly CarrierField[],
  before: Values,
  given: Values,
): Record<string, string> {
  const asked = fields.filter(({ kind }) => kind === 'setting').map(({ name }) => name);
  const kept = Object.entries(before).filter(([name]) => !asked.includes(name));
  const filled = asked.flatMap((name) => (given[name] ? [[name, given[name]] as const] : []));
  return Object.fromEntries([...kept, ...filled]);
}

/** Only the secrets that were typed in: those that are set stay as they are. */
export const secretsOf = (fields: readonly CarrierField[], given: Values): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ kind, name }) =>
      kind === 'secret' && given[name] ? [[name, given[name]] as const] : [],
    ),
  );
