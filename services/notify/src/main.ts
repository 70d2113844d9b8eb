import { serve } from '@partyline/observability';

await serve(async () => (await import('./app.module.js')).AppModule, { service: 'notify' });
