import { Get, Param, Query } from '@nestjs/common';
import {
  conversationViewSchema,
  GetConversation,
  GetTimeline,
  timelineItemSchema,
  timelineQuery,
  type ConversationView,
  type TimelineItem,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

const timelinePage = z.object({ items: z.array(timelineItemSchema), nextBefore: z.int().nullable() });

@Api('conversations', 'Conversations')
export class ConversationsController {
  constructor(private readonly services: Services) {}

  @Get(':id')
  @Endpoint({
    summary: 'A conversation as I see it',
    answer: conversationViewSchema,
    refusals: ['NOT_FOUND'],
  })
  get(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) conversationId: string,
  ): Promise<ConversationView> {
    return this.services.query(GetConversation, { ...asViewer(me), conversationId });
  }

  @Get(':id/timeline')
  @Endpoint({
    summary: 'What happened in it, newest page first',
    answer: timelinePage,
    refusals: ['VALIDATION', 'NOT_FOUND'],
  })
  timeline(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) conversationId: string,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
  ): Promise<{ items: TimelineItem[]; nextBefore: number | null }> {
    return this.services.query(GetTimeline, { ...asViewer(me), conversationId, ...query });
  }
}
