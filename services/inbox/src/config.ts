import { readEnv, refuseDefaultsInProduction } from '@partyline/observability';
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.string().optional(),
  MONGODB_URL: z.string(),
  NATS_URL: z.string(),
  PARTYLINE_DEMO: z.enum(['0', '1']).default('0'),
});

export interface Config {
  readonly mongoUrl: string;
  readonly natsUrl: string;
  readonly demo: boolean;
}

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnv(schema, environment);
  refuseDefaultsInProduction(env);
  return { mongoUrl: env.MONGODB_URL, natsUrl: env.NATS_URL, demo: env.PARTYLINE_DEMO === '1' };
}
