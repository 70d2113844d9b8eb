import { Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { LiveHub } from '../../../application/live/live-hub.js';
import type { LiveSink } from '../../../application/live/live-sink.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { Caller } from '../request.js';
import { SseSink } from './sse-sink.js';

const eventsQuery = z.object({ lastEventId: z.string().max(100).optional() });

@Api('events', 'Live')
export class EventsController {
  constructor(private readonly hub: LiveHub) {}

  @Get()
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last id that was received: everything after it is sent again.',
    schema: { type: 'string' },
  })
  @Endpoint({
    summary: 'What happens, as it happens (server-sent events)',
    description:
      'Events: ready, reset, conversation, counts, cursor, notification, directory, typing, viewing, heartbeat. Begins with ' +
      '`ready`; after `reset` fetch everything again. Browsers are authenticated by the cookie.',
    raw: ['text/event-stream'],
  })
  async events(
    @Caller() me: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Headers('last-event-id') header: string | undefined,
    @Query({ schema: eventsQuery }) query: z.infer<typeof eventsQuery>,
  ): Promise<void> {
    // A browser that reconnects by itself sends the header, which is newer than the address that it began with.
    await this.hub.listen(me, header ?? query.lastEventId, () => open(request, reply));
  }
}

/** Only from here on can no refusal be sent any more. */
function open(request: FastifyRequest, reply: FastifyReply): LiveSink {
  reply.hijack();
  request.raw.socket.setNoDelay(true);
  request.raw.socket.setTimeout(0);
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.setHeader('content-type', 'text/event-stream; charset=utf-8');
  reply.raw.setHeader('cache-control', 'no-cache, no-transform');
  reply.raw.setHeader('x-accel-buffering', 'no');
  reply.raw.writeHead(200);
  return new SseSink(reply.raw);
}
