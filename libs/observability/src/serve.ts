import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

export interface ServeOptions {
  readonly service: string;
  /** The most bytes of a request's body; 1 MiB unless given. */
  readonly bodyLimit?: number;
  /** Whatever else the application needs before it listens: plugins, global prefix, documents. */
  readonly configure?: (app: NestFastifyApplication) => Promise<void> | void;
}

/** The whole main.ts of a service. Resolves when it listens; exits the process with one sentence when it cannot start. */
export declare function serve(module: Type, options: ServeOptions): Promise<void>;
