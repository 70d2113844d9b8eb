import type { z } from 'zod';

/**
 * The environment checked against a schema; unknown variables are left out, empty ones count as missing.
 * Throws an Error with one sentence that names every variable that is missing or wrong (never its value).
 */
export declare function readEnv<S extends z.ZodType>(schema: S, env?: NodeJS.ProcessEnv): z.infer<S>;

/**
 * In production (`NODE_ENV=production`) throws when the demo is on, or when a value is one that ships with the code.
 * `defaults`: what must not be used there, by the name of the variable.
 */
export declare function refuseDefaultsInProduction(
  values: Readonly<Record<string, unknown>>,
  defaults?: Readonly<Record<string, string | readonly string[]>>,
): void;
