import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Carrier } from './carrier.js';
import { CARRIERS } from './registry.js';

type Words = Record<string, string>;

/** The account that the adapter's own tests use. Of a generic one the mapping decides what is needed. */
function accountOf({ id }: Carrier): { settings: Words; secrets: Words } {
  if (id === 'twilio')
    return { settings: { accountSid: `AC${'0'.repeat(32)}` }, secrets: { authToken: 'token' } };
  const { account } = JSON.parse(
    readFileSync(new URL(`${id}/fixtures/documented.json`, import.meta.url), 'utf8'),
  ) as { account: { settings: Words; secrets: Words } };
  return account;
}

const without = (words: Words, name: string): Words =>
  Object.fromEntries(Object.entries(words).filter(([key]) => key !== name));

const documented = CARRIERS.filter(({ id }) => !['simulator', 'generic'].includes(id)).map(
  (carrier) => [carrier.id, carrier] as const,
);

describe('what an Admin is asked for', () => {
  it.each(documented)('for %s is all that a working account has', (_id, carrier) => {
    const { settings, secrets } = accountOf(carrier);
    expect(carrier.accountProblem(settings, Object.keys(secrets))).toBeNull();
    const asked = carrier.guide.fields.map(({ kind, name }) => `${kind} ${name}`);
    for (const name of Object.keys(settings)) expect(asked).toContain(`setting ${name}`);
    for (const name of Object.keys(secrets)) expect(asked).toContain(`secret ${name}`);
  });

  it.each(documented)('for %s as required is refused where it is missing', (_id, carrier) => {
    const { settings, secrets } = accountOf(carrier);
    for (const { name, kind } of carrier.guide.fields.filter(({ required }) => required)) {
      const problem =
        kind === 'setting'
          ? carrier.accountProblem(without(settings, name), Object.keys(secrets))
          : carrier.accountProblem(settings, Object.keys(without(secrets, name)));
      expect({ name, problem }).toEqual({ name, problem: expect.any(String) });
    }
  });

  it.each(documented)('for %s as needing one of several is refused without all of them', (_id, carrier) => {
    const { settings, secrets } = accountOf(carrier);
    for (const group of carrier.guide.oneOf) {
      const others = Object.keys(secrets).filter((name) => !group.includes(name));
      expect(carrier.accountProblem(settings, others)).not.toBeNull();
      for (const name of group) expect(carrier.accountProblem(settings, [...others, name])).toBeNull();
    }
  });
});
