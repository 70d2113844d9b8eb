import type { Type } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { BusConnection, connectBus } from '@partyline/bus';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { HttpMetrics } from './http-metrics.js';
import { installRequestHooks } from './request-hooks.js';

export interface AppOptions {
  /** The most bytes of a request's body; 1 MiB unless given. */
  readonly bodyLimit?: number;
  /** Whatever else the application needs before it listens: plugins, global prefix, documents. */
  readonly configure?: (app: NestFastifyApplication) => Promise<void> | void;
}

const ONE_MIB = 1_048_576;

/** Node's own limit for all headers together, bytes. */
const LONGEST_ADDRESS = 16_384;

/** What the router itself refuses never reaches a filter: RFC 9457 here, too. */
const notAnAddress = (status: number) => ({
  type: 'urn:partyline:problem:validation',
  title: 'The request is not valid',
  status,
  detail: 'The address is not a valid URL.',
  code: 'VALIDATION',
});

/** The application of a service, connected to the bus and ready to listen. Its module imports ObservabilityModule. */
export async function createApp(module: Type, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: options.bodyLimit ?? ONE_MIB,
    trustProxy: trustedProxies(process.env.PARTYLINE_TRUST_PROXY),
    // Ended when the server closes: what is idle at once, what is answering after its answer.
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Whatever Node takes as an address gets an answer of ours: an id that is too long is not valid, not a 414.
    routerOptions: { maxParamLength: LONGEST_ADDRESS },
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      void reply
        .status(error.statusCode ?? 400)
        .header('content-type', 'application/problem+json')
        .send(JSON.stringify(notAnAddress(error.statusCode ?? 400)));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    rawBody: true,
    bufferLogs: true,
    abortOnError: false,
  });
  try {
    app.useLogger(app.get(Logger));
    app.flushLogs();
    installRequestHooks(adapter.getInstance<FastifyInstance>(), app.get(HttpMetrics, { strict: false }));
    await options.configure?.(app);
    await app.init();
    if (hasBus(app)) await connectBus(app);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** `app.get` would report an application without a bus as an error before it throws. */
function hasBus(app: NestFastifyApplication): boolean {
  try {
    return app.get(ModuleRef).get(BusConnection, { strict: false }) !== undefined;
  } catch {
    return false;
  }
}

/** PARTYLINE_TRUST_PROXY: nothing (none), `true` (all), a number of hops, or addresses separated by commas. */
function trustedProxies(
  text: string | undefined,
): boolean | string | ((address: string, hop: number) => boolean) {
  if (text === undefined || text === '' || text === 'false') return false;
  if (text === 'true') return true;
  return /^\d+$/.test(text) ? (_address, hop) => hop < Number(text) : text;
}
