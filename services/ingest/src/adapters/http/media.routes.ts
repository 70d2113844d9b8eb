import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Clock } from '@partyline/kernel';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { MediaLinks } from '../../application/media-links.js';
import type { MediaFile } from '../../application/media-ports.js';
import { OpenMedia } from '../../application/open-media.js';
import { isShownInPlace } from '../../domain/media-link.js';
import { byteRange } from './byte-range.js';
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
      (request, reply) => this.handle(request.params.id, request.query.token, request.headers.range, reply),
    );
  }

  private async handle(
    id: string,
    token: unknown,
    range: string | undefined,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const ref = typeof token === 'string' ? this.links.open(token, this.clock.now()) : null;
    if (ref?.mediaId !== id) {
      const detail = 'It has expired or was changed. Ask for a new one.';
      return sendProblem(reply, 403, 'FORBIDDEN', 'This link is not valid', detail);
    }
    const opened = await this.media.execute(ref);
    if ('reason' in opened) {
      const status = opened.kind === 'refused' ? 415 : 502;
      return sendProblem(reply, status, 'UNAVAILABLE', 'This file cannot be shown', `${opened.reason}.`);
    }
    return sendFile(opened, range, reply);
  }
}

function sendFile(file: MediaFile, range: string | undefined, reply: FastifyReply): FastifyReply {
  const part = byteRange(range, file.bytes);
  if (part === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${file.bytes}`);
    return sendProblem(reply, 416, 'VALIDATION', 'No such part', `The file has ${file.bytes} bytes.`);
  }
  if (part) void reply.code(206).header('content-range', `bytes ${part.start}-${part.end - 1}/${file.bytes}`);
  const { start, end } = part ?? { start: 0, end: file.bytes };
  return reply
    .header('content-type', file.contentType)
    .header('content-length', end - start)
    .header('accept-ranges', 'bytes')
    .header('content-disposition', isShownInPlace(file.contentType) ? 'inline' : 'attachment')
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(file.read(start, end));
}
