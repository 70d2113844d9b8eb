import { originsEnv, readEnv, refuseDefaultsInProduction, serviceEnv } from '@partyline/observability';
import { z } from 'zod';

const schema = serviceEnv
  .extend({
    MONGODB_DB_PREFIX: z.string().default('partyline'),
    REDIS_URL: z.string(),
    PARTYLINE_VAPID_PUBLIC: z.string().optional(),
    PARTYLINE_VAPID_PRIVATE: z.string().optional(),
    PARTYLINE_VAPID_SUBJECT: z.string().default('mailto:admin@example.com'),
    PARTYLINE_SECRETS_KEY: z
      .string()
      .optional()
      .transform((key) => key || undefined),
    PARTYLINE_WEBHOOK_ALLOW_ORIGINS: originsEnv,
    PARTYLINE_ALERT_AFTER_SECONDS: z.coerce.number().positive().optional(),
  })
  .refine(
    (env) => (env.PARTYLINE_VAPID_PUBLIC === undefined) === (env.PARTYLINE_VAPID_PRIVATE === undefined),
    {
      path: ['PARTYLINE_VAPID_PRIVATE'],
      message: 'PARTYLINE_VAPID_PUBLIC and PARTYLINE_VAPID_PRIVATE belong together',
    },
  );

/** The keys by which push services know this installation (RFC 8292), base64url. */
export interface Vapid {
  readonly publicKey: string;
  readonly privateKey: string;
  /** mailto: or https: of who runs this installation. */
  readonly subject: string;
}

export interface Config {
  readonly mongoUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string;
  /** Keeps the keys of installations apart that share one Redis. */
  readonly redisPrefix: string;
  /** null: Web Push is off. */
  readonly vapid: Vapid | null;
  readonly alertAfterMs: number | null;
  /** Seals the secrets of webhooks, 32 bytes in base64; undefined: there are no webhooks. */
  readonly secretsKey: string | undefined;
  /** Origins inside of one's own network that webhooks may be sent to all the same. */
  readonly webhookOrigins: ReadonlySet<string>;
}

export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnv(schema, environment);
  refuseDefaultsInProduction(env);
  const { PARTYLINE_VAPID_PUBLIC: publicKey, PARTYLINE_VAPID_PRIVATE: privateKey } = env;
  return {
    mongoUrl: env.MONGODB_URL,
    natsUrl: env.NATS_URL,
    redisUrl: env.REDIS_URL,
    redisPrefix: `${env.MONGODB_DB_PREFIX}-notify`,
    vapid: publicKey && privateKey ? { publicKey, privateKey, subject: env.PARTYLINE_VAPID_SUBJECT } : null,
    secretsKey: env.PARTYLINE_SECRETS_KEY,
    webhookOrigins: new Set(env.PARTYLINE_WEBHOOK_ALLOW_ORIGINS),
    alertAfterMs:
      env.PARTYLINE_ALERT_AFTER_SECONDS === undefined ? null : env.PARTYLINE_ALERT_AFTER_SECONDS * 1000,
  };
}
