import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as contracts from '@partyline/contracts';
import { STREAMS, type EventDefinition } from '@partyline/contracts';

/**
 * Events as they were once published. They stay in streams and databases, so every later version of the schemas must
 * still read them: add a file for a new event or version, never edit one.
 */
const FOLDER = new URL('golden/', import.meta.url);

const isEventDefinition = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'pattern' in value && 'subject' in value && 'parse' in value;

const definitions = Object.entries(contracts).flatMap(([name, value]) =>
  isEventDefinition(value) ? [{ name, definition: value }] : [],
);
const fileOf = (name: string, { version }: EventDefinition) =>
  `${name.replaceAll(/(?!^)[A-Z]/g, '-$&').toLowerCase()}.v${version}.json`;
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
const files = readdirSync(FOLDER).sort();
/** The same event with fields that came later and are optional: `<name>.<what came>.v<version>.json`. */
const extended = definitions.flatMap(({ name, definition }) => {
  const [base = '', version = ''] = fileOf(name, definition).split('.');
  return files
    .filter((file) => file.startsWith(`${base}.`) && file.split('.').length === 4)
    .filter((file) => file.endsWith(`.${version}.json`))
    .map((file) => ({ file, definition }));
});

describe('golden events', () => {
  it('there is one for every event, and no other', () => {
    const wanted = definitions.map(({ name, definition }) => fileOf(name, definition));
    expect(files).toEqual(expect.arrayContaining(wanted));
    expect(files.filter((file) => !wanted.includes(file)).every((file) => /\.v\d+\.json$/.test(file))).toBe(
      true,
    );
  });

  it.each(definitions)(
    '$name is read by today’s schema, and nothing of it is lost',
    ({ name, definition }) => {
      const golden = read(fileOf(name, definition));
      const envelope = definition.parse(golden);
      expect(envelope).toEqual(golden);
      expect([envelope.type, envelope.version]).toEqual([definition.type, definition.version]);
    },
  );

  it.each(extended)('$file is read by today’s schema, and nothing of it is lost', ({ file, definition }) => {
    const golden = read(file);
    expect(definition.parse(golden)).toEqual(golden);
  });

  it.each(definitions)('$name is read with fields that are not known yet', ({ name, definition }) => {
    const golden = read(fileOf(name, definition)) as { data: object };
    const newer = { ...golden, fromLater: 1, data: { ...golden.data, alsoFromLater: { x: [] } } };
    expect(definition.parse(newer)).toEqual(golden);
  });
});

describe('subjects', () => {
  const scoped = (definition: EventDefinition) => definition.pattern.split('.')[2] === '*';
  const subjectOf = (definition: EventDefinition) =>
    scoped(definition) ? definition.subject('demo', 'department-support') : definition.subject('demo');

  it.each(definitions)(
    '$name is published where its pattern looks, on a stream that has an owner',
    ({ definition }) => {
      const pattern = definition.pattern.split('.');
      const subject = subjectOf(definition).split('.');
      expect(subject).toHaveLength(pattern.length);
      expect(subject.every((token, index) => pattern[index] === '*' || pattern[index] === token)).toBe(true);
      expect(subject.every((token) => /^[A-Za-z0-9_-]+$/.test(token))).toBe(true);
      expect(subject[0]).toBe(definition.stream);
      expect(Object.keys(STREAMS)).toContain(definition.stream);
      expect(definition.pattern).toMatch(new RegExp(`\\.${definition.type}\\.v${definition.version}$`));
    },
  );

  it('are different for different events', () => {
    const patterns = definitions.map(({ definition }) => definition.pattern);
    expect(new Set(patterns).size).toBe(patterns.length);
  });

  it.each(definitions)(
    '$name refuses a tenant or scope that would be more than one token',
    ({ definition }) => {
      for (const bad of ['', 'a.b', '*', '>', 'a b', 'a\n', 'ü']) {
        expect(() =>
          scoped(definition) ? definition.subject('demo', bad) : definition.subject(bad),
        ).toThrow('cannot be part of a subject');
      }
      expect(() =>
        scoped(definition) ? definition.subject('demo') : definition.subject('demo', 'x'),
      ).toThrow('scope token');
    },
  );
});
