import type { DynamicModule } from '@nestjs/common';
import { knownContext } from '@partyline/bus';
import { LoggerModule } from 'nestjs-pino';

const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'secrets',
  'sealed',
  'token',
  'accessToken',
  'refreshToken',
];
/** Of a larger batch only the first are named. */
const MANY = 64;

/** JSON lines on standard output, each with the correlation id of the work it belongs to, and no secrets. */
export function loggerModule(service: string): DynamicModule {
  return LoggerModule.forRoot({
    pinoHttp: {
      level: process.env.LOG_LEVEL || 'info',
      base: { service },
      messageKey: 'msg',
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
      mixin: correlation,
    },
    // Requests are logged by request-hooks.ts, in one line each; the middleware would cost more than the request.
    forRoutes: [],
  });
}

function correlation(): object {
  const context = knownContext();
  if (!context) return {};
  const { correlationId, correlationIds } = context;
  return correlationIds ? { correlationIds: correlationIds.slice(0, MANY) } : { correlationId };
}
