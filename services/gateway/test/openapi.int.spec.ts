import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '@partyline/contracts';
import { z } from 'zod';
import { startWorld, type World } from './support/world.js';

type Json = Readonly<Record<string, unknown>>;
interface Content {
  readonly schema: Json;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly $ref: string }>>;
}
interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
  };
}

let world: World;
let document: Document;
let operations: readonly (readonly [name: string, Operation])[];
beforeAll(async () => {
  world = await startWorld();
  document = (await (await fetch(`${world.gateway.url}/openapi.json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
  );
}, 60_000);
afterAll(() => world.stop());

/** What is wrong with a value by a schema of the document; '' where nothing is. */
function faultOf(value: unknown, schema: Json): string {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas });
  const here = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/')) as Parameters<
    typeof z.fromJSONSchema
  >[0];
  const { error } = z.fromJSONSchema(here).safeParse(value);
  return error ? z.prettifyError(error) : '';
}

const answers = (status: '2' | '4' | '5') =>
  operations.flatMap(([name, { responses }]) =>
    Object.entries(responses)
      .filter(([code]) => code.startsWith(status))
      .map(([code, { content = {} }]) => [`${name} ${code}`, content] as const),
  );

describe('the OpenAPI document', () => {
  it('says of each operation what it is for, and of each parameter', () => {
    expect(operations.length).toBeGreaterThan(100);
    const silent = operations.filter(([, { summary, tags }]) => !summary || !tags?.length);
    expect(silent.map(([name]) => name)).toEqual([]);
    const parameters = operations.flatMap(([name, { parameters: all = [] }]) =>
      all.filter(({ description }) => !description).map((parameter) => `${name} ${parameter.name}`),
    );
    expect(parameters).toEqual([]);
  });

  it('shows an example of each answer, which is one', () => {
    const shown = answers('2').flatMap(([name, { 'application/json': json }]) =>
      json ? [{ name, ...json }] : [],
    );
    expect(shown.length).toBeGreaterThan(80);
    const faults = shown.map(({ name, schema, example }) => ({ name, fault: faultOf(example, schema) }));
    expect(faults.filter(({ fault }) => fault !== '')).toEqual([]);
  });

  it('has none that would pass whatever it is', () => {
    for (const value of [undefined, 'text', {}]) {
      expect(faultOf(value, { $ref: '#/components/schemas/ConversationView' })).not.toBe('');
    }
  });

  it('makes every refusal a problem, with an example of each of its codes', () => {
    const all = [...answers('4'), ...answers('5')];
    const others = all.filter(
      ([, { 'application/problem+json': problem }]) =>
        problem?.schema.$ref !== '#/components/schemas/Problem' ||
        !Object.keys(problem.examples ?? {}).length,
    );
    expect(others.map(([name]) => name)).toEqual([]);
    const named = all.flatMap(([, { 'application/problem+json': problem }]) =>
      Object.values(problem?.examples ?? {}).map(({ $ref }) => $ref.replace('#/components/examples/', '')),
    );
    expect(named.filter((code) => !(code in document.components.examples))).toEqual([]);
    for (const code of ERROR_CODES) {
      const example = document.components.examples[code]?.value;
      expect(example).toMatchObject({ code });
      expect(faultOf(example, { $ref: '#/components/schemas/Problem' })).toBe('');
    }
  });
});
