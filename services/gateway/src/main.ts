import { serve } from '@partyline/observability';
import { appModule } from './app.module.js';
import { configureHttp } from './configure-http.js';

await serve(appModule(), { service: 'gateway', configure: configureHttp });
