import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock } from '@partyline/kernel';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { MediaLinks } from '../../application/media-links.js';
import { OpenMedia } from '../../application/open-media.js';
import { isShownInPlace } from '../../domain/media-link.js';
import { sendProblem } from './problem.js';

/** `GET /media/:id?token=...`: a customer's picture, for whoever holds a link that this service signed. */
@Injectable()
export class MediaRoutes implements OnModuleInit {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly links: MediaLinks,
    private readonly media: OpenMedia,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapters.httpAdapter.getInstance<FastifyInstance>();
    fastify.get<{ Params: { id: string }; Querystring: { token?: unknown } }>(
      '/media/:id',
      (request, reply) => this.handle(request.params.id, request.query.token, reply),
    );
  }

  private async handle(id: string, token: unknown, reply: FastifyReply): Promise<FastifyReply> {
    const ref = typeof token === 'string' ? this.links.open(token, this.clock.now()) : null;
    if (ref?.mediaId !== id) {
      return sendProblem(
        reply,
        403,
        'FORBIDDEN',
        'This link is not valid',
        'It has expired or was changed. Ask for a new one.',
      );
    }
    const opened = await this.media.execute(ref);
    if ('reason' in opened) {
      const status = opened.kind === 'refused' ? 415 : 502;
      return sendProblem(reply, status, 'UNAVAILABLE', 'This file cannot be shown', `${opened.reason}.`);
    }
    return reply
      .header('content-type', opened.contentType)
      .header('content-length', opened.bytes)
      .header('content-disposition', isShownInPlace(opened.contentType) ? 'inline' : 'attachment')
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(opened.stream);
  }
}
