import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { MediaLinks } from '@partyline/carriers';
import { MOST_ATTACHMENT_BYTES } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tooLarge, Uploads } from '../../application/uploads.js';
import { sendProblem } from './problem.js';

const NOTHING = Buffer.alloc(0);

interface Route {
  Params: { id: string };
  Querystring: { token?: unknown };
}

/** `PUT /uploads/:id?token=...`: a file from one of our people, for whoever holds a link that this service signed. */
@Injectable()
export class UploadsRoutes implements OnModuleInit {
  constructor(
    private readonly adapters: HttpAdapterHost,
    private readonly links: MediaLinks,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const fastify = this.adapters.httpAdapter.getInstance<FastifyInstance>();
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
      scope.setErrorHandler<FastifyError>((error, _request, reply) => {
        if (error.statusCode !== 413) throw error;
        return sendProblem(reply, 413, 'TOO_LARGE', 'Too large', tooLarge().error.message);
      });
      scope.put<Route>('/uploads/:id', { bodyLimit: MOST_ATTACHMENT_BYTES }, (request, reply) =>
        this.handle(request, reply),
      );
      done();
    });
  }

  private async handle(request: FastifyRequest<Route>, reply: FastifyReply): Promise<FastifyReply> {
    const { token } = request.query;
    const upload = typeof token === 'string' ? this.links.openUpload(token, this.clock.now()) : null;
    if (upload?.mediaId !== request.params.id) {
      const detail = 'It has expired or was changed. Hand the file in again.';
      return sendProblem(reply, 403, 'FORBIDDEN', 'This link is not valid', detail);
    }
    const taken = await this.uploads.take(upload, Buffer.isBuffer(request.body) ? request.body : NOTHING);
    if (taken.ok) return reply.code(201).send(taken.value);
    const { code, message } = taken.error;
    return sendProblem(reply, code === 'TOO_LARGE' ? 413 : 400, code, 'This file cannot be sent', message);
  }
}
