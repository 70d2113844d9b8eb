import { randomBytes } from 'node:crypto';
import { readEnv, refuseDefaultsInProduction, serviceEnv } from '@partyline/observability';
import { z } from 'zod';
import type { FirstAdmin } from './application/accounts/found-installation.js';

const url = z.url({ protocol: /^https?$/ });

const environment = serviceEnv.extend({
  REDIS_URL: z.string().optional(),
  PARTYLINE_JWT_SECRET: z.string().optional(),
  PARTYLINE_PUBLIC_URL: url.default('http://localhost:3000'),
  PARTYLINE_HOOKS_URL: url.default('http://localhost:3001'),
  PARTYLINE_VAPID_PUBLIC: z.string().optional(),
  PARTYLINE_TENANT_NAME: z.string().trim().min(1).max(80).default('My Company'),
  PARTYLINE_ADMIN_EMAIL: z.email().optional(),
  PARTYLINE_ADMIN_PASSWORD: z.string().min(8).max(1024).optional(),
  SIMULATOR_URL: url.optional(),
  WEB_DIST: z.string().optional(),
});

/** HS256 wants a key as long as its hash (RFC 7518, 3.2). */
const SECRET_BYTES = 32;
/** Stood in examples at some time; nobody may go live with it. */
const KNOWN_SECRETS = ['change-me-change-me-change-me-change-me', 'partyline-development-secret-0000'];

/** The settings of this process, checked. */
export class GatewayConfig {
  readonly mongoUrl: string;
  readonly natsUrl: string;
  readonly redisUrl: string | undefined;
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly hooksUrl: string;
  readonly vapidPublicKey: string | null;
  readonly simulatorUrl: string | undefined;
  readonly webDist: string | undefined;
  readonly firstAdmin: FirstAdmin;
  /** Whether people reach us by https, so that cookies and HSTS may insist on it. */
  readonly https: boolean;
  /** A random one (development only) ends with the process, and with it the sessions. */
  readonly jwtSecret: string;

  constructor(env: z.infer<typeof environment>) {
    this.mongoUrl = env.MONGODB_URL;
    this.natsUrl = env.NATS_URL;
    this.redisUrl = env.REDIS_URL;
    this.demo = env.PARTYLINE_DEMO === '1';
    this.publicUrl = env.PARTYLINE_PUBLIC_URL;
    this.hooksUrl = env.PARTYLINE_HOOKS_URL;
    this.vapidPublicKey = env.PARTYLINE_VAPID_PUBLIC ?? null;
    this.simulatorUrl = this.demo ? env.SIMULATOR_URL : undefined;
    this.webDist = env.WEB_DIST;
    this.firstAdmin = {
      demo: this.demo,
      tenantName: env.PARTYLINE_TENANT_NAME,
      email: env.PARTYLINE_ADMIN_EMAIL,
      password: env.PARTYLINE_ADMIN_PASSWORD,
    };
    this.https = env.PARTYLINE_PUBLIC_URL.startsWith('https:');
    this.jwtSecret = env.PARTYLINE_JWT_SECRET ?? randomBytes(SECRET_BYTES).toString('base64url');
  }
}

/** Throws one sentence that says what is missing or not allowed. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): GatewayConfig {
  const values = readEnv(environment, env);
  refuseDefaultsInProduction({ ...values }, { PARTYLINE_JWT_SECRET: KNOWN_SECRETS });
  const secret = values.PARTYLINE_JWT_SECRET;
  const tooShort = secret !== undefined && Buffer.byteLength(secret) < SECRET_BYTES;
  if (values.NODE_ENV === 'production' && secret === undefined) {
    throw new Error(`PARTYLINE_JWT_SECRET is missing. Set it to ${SECRET_BYTES} random bytes or more.`);
  }
  if (values.NODE_ENV === 'production' && tooShort) {
    throw new Error(`PARTYLINE_JWT_SECRET is too short. Set it to ${SECRET_BYTES} random bytes or more.`);
  }
  return new GatewayConfig(values);
}
