import { Readable } from 'node:stream';
import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mediaQuery } from '@partyline/contracts';
import type { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { LocateMedia } from '../../../application/conversations/locate-media.js';
import { Refused } from '../../../application/refused.js';
import { GatewayConfig } from '../../../config.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

/** For the first byte, milliseconds: the carrier may be slow the first time. */
const PATIENCE_MS = 20_000;
const PASSED_ON = ['content-type', 'content-length', 'content-range', 'accept-ranges', 'etag'] as const;

/** Pictures and files of messages. Browsers get them from here alone; ingest gets them from the carrier. */
@Api('conversations/:id/media', 'Conversations')
export class MediaController {
  constructor(
    private readonly locateMedia: LocateMedia,
    private readonly config: GatewayConfig,
  ) {}

  @Get(':mediaId')
  @Endpoint({
    summary: 'A picture or file of a message',
    description: '`size=small` gives a small version of a large picture, and all of anything else.',
    raw: ['image/*', 'video/*', 'audio/*', 'application/pdf', 'text/vcard'],
    refusals: ['NOT_FOUND'],
  })
  async media(
    @Caller() me: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id', { schema: idParam }) conversationId: string,
    @Param('mediaId', { schema: idParam }) mediaId: string,
    @Query({ schema: mediaQuery }) { size }: z.infer<typeof mediaQuery>,
  ): Promise<void> {
    const path = await this.locateMedia.execute({ ...asViewer(me), conversationId, mediaId });
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const wanted = size === 'small' ? `${path}&size=small` : path;
    const found = await this.fetch(wanted, request.headers.range, gone.signal);
    for (const name of PASSED_ON) {
      const value = found.headers.get(name);
      if (value !== null) void reply.header(name, value);
    }
    void reply
      .status(found.status)
      // What a customer sent never runs as a page of ours.
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', 'inline')
      .header('cache-control', 'private, max-age=86400, immutable');
    await reply.send(found.body ? Readable.fromWeb(found.body) : '');
  }

  private async fetch(path: string, range: string | undefined, signal: AbortSignal): Promise<Response> {
    const url = new URL(path, this.config.hooksUrl);
    if (url.origin !== new URL(this.config.hooksUrl).origin) throw notThere();
    const first = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(url, {
      headers: range === undefined ? {} : { range },
      redirect: 'error',
      signal: AbortSignal.any([signal, first]),
    }).catch((): never => {
      throw notNow();
    });
    if (answer.ok || answer.status === 416) return answer;
    await answer.body?.cancel();
    throw answer.status >= 500 ? notNow() : notThere();
  }
}

const notNow = (): Refused =>
  new Refused('UNAVAILABLE', 'The picture cannot be fetched at the moment.', { retryAfter: 5 });
const notThere = (): Refused => new Refused('NOT_FOUND', 'There is no such picture any more.');
