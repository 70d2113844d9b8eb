import { DEMO_SECRETS_KEY } from '@partyline/carriers';
import { originsEnv, readEnv, refuseDefaultsInProduction, serviceEnv } from '@partyline/observability';
import { z } from 'zod';

const schema = serviceEnv.extend({
  /** 32 bytes in base64: seals the secrets of carrier accounts, and signs links to media. */
  PARTYLINE_SECRETS_KEY: z
    .base64('must be base64')
    .refine(
      (key) => Buffer.from(key, 'base64').length === 32,
      'must be 32 bytes in base64: openssl rand -base64 32',
    ),
  /** Where this service is reached from inside. */
  PARTYLINE_HOOKS_URL: z.url(),
  /** The phone simulator, where there is one. */
  SIMULATOR_URL: z.url().optional(),
  /** Where media may be fetched from although it is not https on the public internet. */
  PARTYLINE_MEDIA_ALLOW_ORIGINS: originsEnv,
  /** SMSCs (`smpp://host:port`) that may be called although they are not on the public internet. */
  PARTYLINE_CARRIER_ALLOW_ORIGINS: originsEnv,
  /** The folder that pictures and files are kept in; all replicas have to share it. */
  PARTYLINE_MEDIA_DIR: z.string().optional(),
  /** Or the bucket of an object store that speaks S3, and where it is where it is not Amazon's. */
  PARTYLINE_MEDIA_BUCKET: z.string().optional(),
  PARTYLINE_S3_ENDPOINT: z.url().optional(),
  /** How long parts of a long text wait for the missing ones, in milliseconds. */
  PARTYLINE_PARTS_WAIT_MS: z.coerce.number().int().min(0).max(3_600_000).default(60_000),
  /** How many receipts may wait to be written before webhooks are refused with 503. */
  PARTYLINE_INGEST_MOST_WAITING: z.coerce.number().int().min(1).max(1_000_000).default(5_000),
});

export function readConfig(): z.infer<typeof schema> {
  const config = readEnv(schema);
  refuseDefaultsInProduction(config, { PARTYLINE_SECRETS_KEY: DEMO_SECRETS_KEY });
  if ((config.PARTYLINE_MEDIA_DIR === undefined) === (config.PARTYLINE_MEDIA_BUCKET === undefined)) {
    throw new Error(
      'This service cannot start: exactly one of PARTYLINE_MEDIA_DIR (a folder) and PARTYLINE_MEDIA_BUCKET (a bucket) says where pictures are kept.',
    );
  }
  return config;
}
