import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { extensionOf, MediaLinks } from '@partyline/carriers';
import { Clock } from '@partyline/kernel';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OpenMedia, type OpenFile } from '../../application/open-media.js';
import { isShownInPlace } from '../../domain/media.js';
import { byteRange } from './byte-range.js';
import { sendProblem } from './problem.js';

interface Query {
  token?: unknown;
  /** `small`: the small version of a large picture. */
  size?: unknown;
}

/** Some carriers want to see in the name what a file is. */
const EXTENSION = /\.[a-z0-9]{2,4}$/;

/** `GET /media/:id?token=...`: a picture or file, for whoever holds a link that this service signed. */
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
    fastify.get<{ Params: { id: string }; Querystring: Query }>('/media/:id', (request, reply) =>
      this.handle(request.params.id, request.query, request.headers.range, reply),
    );
  }

  private async handle(
    id: string,
    { token, size }: Query,
    range: string | undefined,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const ref = typeof token === 'string' ? this.links.open(token, this.clock.now()) : null;
    if (ref === null || ref.mediaId !== id.replace(EXTENSION, '')) {
      const detail = 'It has expired or was changed. Ask for a new one.';
      return sendProblem(reply, 403, 'FORBIDDEN', 'This link is not valid', detail);
    }
    const opened = await this.media.execute(ref, size === 'small' ? 'small' : 'full');
    if ('reason' in opened) {
      const status = opened.kind === 'refused' ? 415 : 502;
      return sendProblem(reply, status, 'UNAVAILABLE', 'This file cannot be shown', `${opened.reason}.`);
    }
    return sendFile(opened, range, reply);
  }
}

async function sendFile(
  file: OpenFile,
  range: string | undefined,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const part = byteRange(range, file.bytes);
  if (part === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${file.bytes}`);
    return sendProblem(reply, 416, 'VALIDATION', 'No such part', `The file has ${file.bytes} bytes.`);
  }
  const { start, end } = part ?? { start: 0, end: file.bytes };
  const body = await file.read(start, end);
  if (!body) {
    const detail = 'It was kept, and the object store has it no more. An operator has to look.';
    return sendProblem(reply, 502, 'UNAVAILABLE', 'This file is missing', detail);
  }
  if (part) void reply.code(206).header('content-range', `bytes ${part.start}-${part.end - 1}/${file.bytes}`);
  return reply
    .header('content-type', file.contentType)
    .header('content-length', end - start)
    .header('accept-ranges', 'bytes')
    .header('content-disposition', dispositionOf(file.contentType))
    .header('cache-control', 'private, max-age=31536000, immutable')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .send(body);
}

/** Phones save a file under this name. */
function dispositionOf(contentType: string): string {
  const [kind = ''] = contentType.split('/');
  const extension = extensionOf(contentType);
  const name = `${NAMES[kind] ?? 'file'}${extension === null ? '' : `.${extension}`}`;
  return `${isShownInPlace(contentType) ? 'inline' : 'attachment'}; filename="${name}"`;
}
const NAMES: Readonly<Record<string, string>> = {
  image: 'picture',
  video: 'film',
  audio: 'sound',
  text: 'contact',
};
