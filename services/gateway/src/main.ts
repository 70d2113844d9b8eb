import { serve } from '@partyline/observability';
import { configureHttp } from './configure-http.js';

await serve(async () => (await import('./app.module.js')).appModule(), {
  service: 'gateway',
  configure: configureHttp,
});
