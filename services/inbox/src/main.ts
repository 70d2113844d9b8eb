import { serve } from '@partyline/observability';
import { AppModule } from './app.module.js';

await serve(AppModule, { service: 'inbox' });
