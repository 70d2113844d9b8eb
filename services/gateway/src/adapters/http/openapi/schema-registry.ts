import { z } from 'zod';

export interface SchemaName {
  /** Absent: it stands where it is used. */
  readonly id?: string;
  readonly examples?: unknown[];
}

/** What schemas are called in the OpenAPI document, and an example of each that is sent or answered by itself. */
export const SCHEMA_NAMES = z.registry<SchemaName>();

/** Names a schema. */
export const name = (schema: z.ZodType, id: string, example?: unknown): void => {
  SCHEMA_NAMES.add(schema, example === undefined ? { id } : { id, examples: [example] });
};

/** An example of a schema that has no name. */
export const withExample = <S extends z.ZodType>(schema: S, example: z.output<S>): S => {
  SCHEMA_NAMES.add(schema, { examples: [example] });
  return schema;
};
