import { readEnv, refuseDefaultsInProduction, serviceEnv } from '@partyline/observability';

export interface Config {
  readonly mongoUrl: string;
  readonly natsUrl: string;
  readonly demo: boolean;
}

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnv(serviceEnv, environment);
  refuseDefaultsInProduction(env);
  return { mongoUrl: env.MONGODB_URL, natsUrl: env.NATS_URL, demo: env.PARTYLINE_DEMO === '1' };
}
