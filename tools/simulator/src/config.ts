import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  PARTYLINE_HOST: z.string().min(1).default('0.0.0.0'),
  MONGODB_URL: z.string().min(1),
  MONGODB_DB_PREFIX: z.string().min(1).default('partyline'),
  /** Where ingest is reachable from here; every webhook goes there. */
  PARTYLINE_HOOKS_URL: z.url(),
  /** Where ingest reaches this process to fetch pictures; its own address unless given. */
  SIMULATOR_URL: z.url().optional(),
  LOG_LEVEL: z.string().min(1).default('info'),
});

export interface SimulatorConfig {
  readonly port: number;
  readonly host: string;
  readonly mongodbUrl: string;
  readonly database: string;
  readonly hooksUrl: string;
  readonly ownUrl: string | undefined;
  readonly logLevel: string;
}

/** Throws an Error with one sentence: what is missing or wrong, or that this is no place for a simulator. */
export function readConfig(env: NodeJS.ProcessEnv): SimulatorConfig {
  if (env['NODE_ENV'] === 'production') {
    throw new Error(
      'The phone simulator does not start with NODE_ENV=production: anyone could text as any customer. Leave it out there.',
    );
  }
  const given = Object.entries(env).filter(([, value]) => value !== '');
  const parsed = schema.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const wrong = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
    throw new Error(`The phone simulator cannot start: set ${wrong.join(', ')} in its environment.`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.PARTYLINE_HOST,
    mongodbUrl: data.MONGODB_URL,
    database: `${data.MONGODB_DB_PREFIX}_simulator`,
    hooksUrl: data.PARTYLINE_HOOKS_URL.replace(/\/+$/, ''),
    ownUrl: data.SIMULATOR_URL?.replace(/\/+$/, ''),
    logLevel: data.LOG_LEVEL,
  };
}
