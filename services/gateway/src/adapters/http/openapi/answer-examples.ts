/** A JSON schema, as far as examples are looked for in it. */
export interface Schema {
  readonly $ref?: string;
  /** Under this name where it is the schema of a body, too. */
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
}
export type Schemas = Readonly<Record<string, Schema>>;

interface Content {
  readonly schema?: Schema;
  example?: unknown;
}
type Responses = Readonly<Record<string, unknown>>;

/** Puts an example on every answer in JSON: those of the named schemas, where need be in a list or a page. */
export function showAnswers(responses: Responses, schemas: Schemas): void {
  for (const [status, response] of Object.entries(responses)) {
    const content = status.startsWith('2') ? jsonOf(response) : undefined;
    if (content?.schema) content.example = exampleOf(content.schema, schemas);
  }
}

function jsonOf(response: unknown): Content | undefined {
  const { content } = response as { content?: Record<string, Content | undefined> };
  return content?.['application/json'];
}

/** Undefined where none can be made up of what is named. */
function exampleOf(schema: Schema, schemas: Schemas): unknown {
  const own = schema.examples?.[0] ?? schema.example;
  if (own !== undefined) return own;
  if (schema.$ref !== undefined) {
    const named = schemas[schema.$ref.slice('#/components/schemas/'.length)];
    return named && exampleOf(named, schemas);
  }
  if (schema.anyOf?.some(({ type }) => type === 'null') || schema.type?.includes('null')) return null;
  if (schema.items) return [exampleOf(schema.items, schemas)];
  if (!schema.properties) return undefined;
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, property]) => [name, exampleOf(property, schemas)]),
  );
}
