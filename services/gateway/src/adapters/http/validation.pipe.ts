import { StandardSchemaValidationPipe } from '@nestjs/common';
import { Refused } from '../../application/refused.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A client that sends a thousand wrong things is told of the first few. */
const MOST_ISSUES = 20;

/** Every `{ schema }` of a parameter is checked by it; what does not fit is VALIDATION with the fields. */
export const validationPipe = (): StandardSchemaValidationPipe =>
  new StandardSchemaValidationPipe({ exceptionFactory: refusedOf });

export function refusedOf(issues: readonly Issue[]): Refused {
  const told = issues.slice(0, MOST_ISSUES).map(({ path, message }) => ({
    path: (path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
    message,
  }));
  const [first] = told;
  const where = first && first.path !== '' ? `${first.path}: ` : '';
  return new Refused('VALIDATION', `${where}${first?.message ?? 'not valid'}.`, { issues: told });
}
