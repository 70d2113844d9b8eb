import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, type AppOptions } from '@partyline/observability';

export interface RunningService {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** As SIGTERM would: takes nothing more, finishes, disconnects. */
  stop(): Promise<void>;
}

/**
 * Boots a service's module in this process as its main.ts would, on a free port. `env` is set in process.env from
 * before the module is loaded until stop(): give a function that imports the module where it reads its configuration
 * on import. Two services in one process must not need different values of one variable at the same time.
 */
export async function startService(
  module: Type | (() => Promise<Type>),
  env: Readonly<Record<string, string>>,
  options: AppOptions = {},
): Promise<RunningService> {
  const restore = setEnv({ LOG_LEVEL: 'silent', ...env });
  try {
    const app = await createApp(isClass(module) ? module : await module(), options);
    await app.listen(0, '127.0.0.1');
    return {
      url: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
      app,
      stop: async () => {
        await app.close();
        restore();
      },
    };
  } catch (error) {
    restore();
    throw error;
  }
}

function isClass(module: Type | (() => Promise<Type>)): module is Type {
  return /^class\b/.test(Function.prototype.toString.call(module));
}

function setEnv(values: Readonly<Record<string, string>>): () => void {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
