import { Logger, type INestApplication, type Type } from '@nestjs/common';
import { refuseFailpointsInProduction } from '@partyline/kernel';
import { createApp, type AppOptions } from './create-app.js';
import { endGracefully } from './graceful-shutdown.js';
import { startTracing, type StopTracing } from './tracing.js';

export interface ServeOptions extends AppOptions {
  readonly service: string;
}

/** Within the ten seconds after which whoever runs us loses patience. */
const SHUTDOWN_LIMIT_MS = 9_000;

/**
 * The whole main.ts of a service: listens on PORT at PARTYLINE_HOST (0.0.0.0) and, on SIGTERM or SIGINT, ends in good
 * order after PARTYLINE_DRAIN_MS (0). Exits the process with one sentence when it cannot start: `load` imports the
 * module in here because a module that reads its configuration as it is imported may already find it wanting.
 */
export async function serve(load: () => Promise<Type>, options: ServeOptions): Promise<void> {
  try {
    refuseFailpointsInProduction(process.env);
    const stopTracing = await startTracing(options.service);
    const app = await createApp(await load(), options);
    endOnSignals(app, stopTracing);
    endOnUnexpectedErrors();
    await app.listen(portFrom(process.env.PORT), process.env.PARTYLINE_HOST || '0.0.0.0');
    new Logger(options.service).log(`Listening at ${await app.getUrl()}`);
  } catch (error) {
    refuseToStart(options.service, error);
  }
}

function endOnSignals(app: INestApplication, stopTracing: StopTracing): void {
  const logger = new Logger('Shutdown');
  let ending = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      logger.log(`${signal}: finishing what is at work.`);
      void endGracefully(app, {
        drainMs: Number(process.env.PARTYLINE_DRAIN_MS) || 0,
        limitMs: SHUTDOWN_LIMIT_MS,
        afterwards: stopTracing,
        exit: (code) => process.exit(code),
      });
    });
  }
}

/** A process in an unknown state must not go on: whoever runs us starts a new one. */
function endOnUnexpectedErrors(): void {
  const logger = new Logger('Process');
  const end = (error: unknown): void => {
    logger.fatal(error instanceof Error ? error : new Error(String(error)));
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

function portFrom(text: string | undefined): number {
  const port = Number(text);
  if (text !== undefined && /^\d+$/.test(text) && port < 65_536) return port;
  throw new Error('PORT must be set to the port that this service listens on, a number from 0 to 65535.');
}

function refuseToStart(service: string, error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${service}: ${sentence}\n`);
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
}
