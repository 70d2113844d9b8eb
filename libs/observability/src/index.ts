export { Counter, Gauge, Histogram, Registry } from 'prom-client';
export { createApp, type AppOptions } from './create-app.js';
export { endGracefully, type ShutdownOptions } from './graceful-shutdown.js';
export { readEnv, refuseDefaultsInProduction } from './env.js';
export { originsEnv, serviceEnv } from './service-env.js';
export { ObservabilityModule, type ObservabilityOptions } from './observability.module.js';
export { ReadinessChecks, type ReadinessCheck } from './readiness-checks.js';
export { startTracing, type StopTracing } from './tracing.js';
export { serve, type ServeOptions } from './serve.js';
