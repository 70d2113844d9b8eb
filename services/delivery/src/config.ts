import { DEMO_SECRETS_KEY } from '@partyline/carriers';
import { readEnv, refuseDefaultsInProduction } from '@partyline/observability';
import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.string().optional(),
  PARTYLINE_DEMO: z.string().optional(),
  MONGODB_URL: z.string(),
  NATS_URL: z.string(),
  /** 32 bytes in base64, the same as ingest's: opens the secrets of carrier accounts. */
  PARTYLINE_SECRETS_KEY: z.string(),
  /** How long a carrier may take to answer a send call before its outcome counts as unknown. */
  PARTYLINE_CARRIER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
});

export function readConfig(): z.infer<typeof schema> {
  const config = readEnv(schema);
  refuseDefaultsInProduction(config, { PARTYLINE_SECRETS_KEY: DEMO_SECRETS_KEY });
  return config;
}
