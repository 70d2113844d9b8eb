import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemSchema } from '@partyline/contracts';
import { z } from 'zod';
import { ACCESS_COOKIE } from '../auth/cookies.js';
import { HttpModule } from '../http.module.js';
import { PROBLEM_TYPE, STATUS } from '../problem.js';
import { showAnswers, type Schemas } from './answer-examples.js';
import { problemContent } from './endpoint.js';
import { describeParameters } from './parameters.js';
import { PROBLEM_EXAMPLES } from './problem-examples.js';
import './schema-names.js';
import { SCHEMA_NAMES } from './schema-registry.js';

export const DOCS_PATH = '/docs';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Direction = 'input' | 'output';
interface Converted {
  readonly schema: Record<string, unknown>;
  readonly components: Record<string, Record<string, unknown>>;
}

/**
 * JSON Schema 2020-12, which OpenAPI 3.1 speaks, of a zod schema; named schemas become components. A schema with
 * defaults is another one for what is sent than for what is answered, so such a one has a name for one use only.
 */
function convert(schema: z.ZodType, io: Direction): Converted {
  const made = z.toJSONSchema(schema, {
    io,
    metadata: SCHEMA_NAMES,
    target: 'draft-2020-12',
    unrepresentable: 'any',
  });
  const { $schema: _dialect, $defs, ...root } = made;
  const components = Object.entries($defs ?? {}).map(
    ([name, definition]) => [name, strip(definition)] as const,
  );
  return { schema: strip(root), components: Object.fromEntries(components) };
}

/**
 * Named schemas are found among the components, and ids were only names. `additionalProperties: false` would forbid
 * what a later version may add to an answer.
 */
function strip(schema: object): Record<string, unknown> {
  const text = JSON.stringify(schema, (key: string, value: unknown) => {
    if (key === 'additionalProperties' && value === false) return undefined;
    if (key === '$ref' && typeof value === 'string')
      return value.replace('#/$defs/', '#/components/schemas/');
    return value;
  });
  const { id: _id, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return rest;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Whatever takes a body can be sent too much of it. */
function sayTooLarge({ requestBody, responses }: OperationObject): void {
  if (!requestBody) return;
  responses[String(STATUS.TOO_LARGE)] = {
    description: 'TOO_LARGE',
    content: { [PROBLEM_TYPE]: problemContent(['TOO_LARGE']) },
  };
}

/** The OpenAPI 3.1 document of the API, made from the very schemas that requests are checked with. */
export function openApiDocument(app: NestFastifyApplication, publicUrl: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Partyline')
    .setDescription(
      'Shared inboxes for a company’s phone numbers. Every refusal is a problem (RFC 9457) whose `code` is stable; ' +
        'every command takes an Idempotency-Key.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addCookieAuth(
      ACCESS_COOKIE,
      { type: 'apiKey', in: 'cookie', description: 'For GET only, where no header can be sent.' },
      'cookie',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    include: [HttpModule],
    operationIdFactory: (controller, method) => `${controller.replace(/-?controller$/i, '')}-${method}`,
    standardSchemaConverter: (schema, { schemaType }) => convert(schema as z.ZodType, schemaType),
  });
  const { schema, components } = convert(problemSchema, 'output');
  const problem = components.Problem ?? schema;
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...components, Problem: problem },
    examples: PROBLEM_EXAMPLES,
  };
  const { schemas } = document.components;
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      sayTooLarge(operation);
      describeParameters(path, operation.parameters ?? []);
      showAnswers(operation.responses, schemas as Schemas);
    }
  }
  return document;
}
