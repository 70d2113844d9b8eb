import cookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { DOCS_PATH, openApiDocument } from './adapters/http/openapi/document.js';
import { endQuietConnections } from './adapters/web/quiet-connections.js';
import { securityHeaders } from './adapters/web/security-headers.js';
import { simulatorProxy } from './adapters/web/simulator-proxy.js';
import { webApp } from './adapters/web/web-app.js';
import { GatewayConfig } from './config.js';

const FILE = /^(?:image|video|audio)\/|^application\/(?:pdf|octet-stream)\b|^text\/vcard\b/;

/** What the HTTP server needs besides the controllers, before it listens. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const config = app.get(GatewayConfig);
  const fastify = app.getHttpAdapter().getInstance();
  // A file is passed on as it comes: nobody who is not signed in makes us hold one.
  fastify.addContentTypeParser(FILE, (_request, payload, done) => done(null, payload));
  endQuietConnections(fastify);
  await fastify.register(cookie);
  await securityHeaders(fastify, config.https);
  SwaggerModule.setup(DOCS_PATH, app, () => openApiDocument(app, config.publicUrl), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Partyline API',
  });
  if (config.simulatorUrl !== undefined) await simulatorProxy(fastify, config.simulatorUrl);
  await webApp(fastify, config.webDist);
}
