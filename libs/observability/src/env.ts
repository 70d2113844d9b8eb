import type { z } from 'zod';

/**
 * The environment checked against a schema; unknown variables are left out, empty ones count as missing.
 * Throws an Error with one sentence that names every variable that is missing or wrong (never its value).
 */
export function readEnv<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv = process.env): z.infer<S> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? 'the environment');
    return name in given ? `${name} is wrong (${issue.message})` : `${name} is missing`;
  });
  throw new Error(
    `This service cannot start: ${[...new Set(faults)].join('; ')}. Set it in the environment.`,
  );
}

/**
 * In production (`NODE_ENV=production`) throws when the demo is on, or when a value is one that ships with the code.
 * `defaults`: what must not be used there, by the name of the variable.
 */
export function refuseDefaultsInProduction(
  values: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, string | readonly string[]>> = {},
): void {
  if (values.NODE_ENV !== 'production') return;
  const demo = values.PARTYLINE_DEMO;
  if (demo === true || demo === '1' || demo === 'true') {
    throw new Error(
      'This service refuses to start: the demo (PARTYLINE_DEMO) must not run with NODE_ENV=production.',
    );
  }
  const published = Object.entries(defaults)
    .filter(([name, texts]) => [texts].flat().some((text) => values[name] === text))
    .map(([name]) => name);
  // docker-compose.yml's own passwords. Its `init` refuses them too, but not every compose waits for its verdict.
  if (typeof values.NATS_URL === 'string' && /^nats:\/\/[^@]*:demo-only-/.test(values.NATS_URL)) {
    published.push('the password in NATS_URL');
  }
  if (published.length > 0) {
    throw new Error(
      `This service refuses to start: ${published.join(', ')} still has the value that ships with the code, ` +
        'which everybody knows. Set a secret of your own, or do not set NODE_ENV=production.',
    );
  }
}
