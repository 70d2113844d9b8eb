import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export interface RunningService {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly app: NestFastifyApplication;
  stop(): Promise<void>;
}

export interface StartServiceOptions {
  readonly service: string;
  readonly bodyLimit?: number;
  readonly configure?: (app: NestFastifyApplication) => Promise<void> | void;
}

/**
 * Boots a service's module in this process as its main.ts would, on a free port. `env` is set in process.env while
 * the module is loaded (give a function that imports it, where its configuration is read on import) and until stop().
 */
export declare function startService(
  module: Type | (() => Promise<Type>),
  env: Readonly<Record<string, string>>,
  options?: StartServiceOptions,
): Promise<RunningService>;
