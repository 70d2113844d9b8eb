import { setTimeout as wait } from 'node:timers/promises';
import { Logger, type INestApplication } from '@nestjs/common';
import { ReadinessChecks } from './readiness-checks.js';

export interface ShutdownOptions {
  /** How long to say "not ready" before taking nothing more, so that whoever routes to us has heard it. Milliseconds. */
  readonly drainMs: number;
  /** How long finishing may take. Milliseconds. */
  readonly limitMs: number;
  /** What else is to be ended after the application. */
  readonly afterwards: () => Promise<void>;
  readonly exit: (code: number) => void;
}

/** Not ready at once; then takes nothing more, finishes, disconnects, and exits: 0, or 1 where that took too long. */
export async function endGracefully(app: INestApplication, options: ShutdownOptions): Promise<void> {
  const logger = new Logger('Shutdown');
  const { drainMs, limitMs, afterwards, exit } = options;
  app.get(ReadinessChecks, { strict: false }).drain();
  await wait(drainMs);
  const late = setTimeout(() => {
    logger.error(`Not finished after ${limitMs} ms; ending anyway. What was cut off is delivered again.`);
    exit(1);
  }, limitMs);
  try {
    await app.close();
    await afterwards();
    clearTimeout(late);
    exit(0);
  } catch (error) {
    clearTimeout(late);
    logger.error(error);
    exit(1);
  }
}
