import { z } from 'zod';

/** What the environment of every service holds. */
export const serviceEnv = z.object({
  NODE_ENV: z.string().optional(),
  MONGODB_URL: z.string(),
  /** With the credentials of this service. */
  NATS_URL: z.string(),
  PARTYLINE_DEMO: z.enum(['0', '1']).default('0'),
});

/** `URL.origin` knows only the schemes of the web. */
const originOf = ({ origin, protocol, host }: URL): string =>
  origin === 'null' ? `${protocol}//${host.toLowerCase()}` : origin;

/** Origins (`https://host:port`, `smpp://host:port`), separated by commas. */
export const originsEnv = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
  .pipe(z.array(z.url().transform((url) => originOf(new URL(url)))));
