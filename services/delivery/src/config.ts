import { DEMO_SECRETS_KEY } from '@partyline/carriers';
import { originsEnv, readEnv, refuseDefaultsInProduction, serviceEnv } from '@partyline/observability';
import { z } from 'zod';

const schema = serviceEnv.extend({
  /** 32 bytes in base64, the same as ingest's: opens the secrets of carrier accounts. */
  PARTYLINE_SECRETS_KEY: z.string(),
  /** How long a carrier may take to answer a send call before its outcome counts as unknown. */
  PARTYLINE_CARRIER_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  /** Carriers' APIs that may be called although they are not on the public internet. */
  PARTYLINE_CARRIER_ALLOW_ORIGINS: originsEnv,
  /** How far back a carrier's own log is compared with ours, in hours. */
  PARTYLINE_RECONCILE_HOURS: z.coerce.number().int().min(1).max(720).default(48),
  /** How often, in minutes. */
  PARTYLINE_RECONCILE_EVERY_MINUTES: z.coerce.number().min(0.01).max(1_440).default(15),
  /** The phone simulator, where there is one: the demo's accounts send through it. */
  SIMULATOR_URL: z.url().optional(),
});

type Config = z.infer<typeof schema>;

/** Where this service may send although it is not on the public internet. */
export function carrierOrigins(config: Config): ReadonlySet<string> {
  const demo =
    config.PARTYLINE_DEMO === '1' && config.SIMULATOR_URL ? [new URL(config.SIMULATOR_URL).origin] : [];
  return new Set([...config.PARTYLINE_CARRIER_ALLOW_ORIGINS, ...demo]);
}

export function readConfig(): Config {
  const config = readEnv(schema);
  refuseDefaultsInProduction(config, { PARTYLINE_SECRETS_KEY: DEMO_SECRETS_KEY });
  return config;
}
