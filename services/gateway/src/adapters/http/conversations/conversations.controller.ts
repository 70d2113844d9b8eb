import { Get, Param, Query } from '@nestjs/common';
import {
  conversationViewSchema,
  GetConversation,
  GetTimeline,
  replyPriceSchema,
  timelineItemSchema,
  timelineQuery,
  type ConversationView,
  type ReplyPrice,
  type TimelineItem,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { PriceReply } from '../../../application/conversations/price-reply.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

const timelinePage = z.object({ items: z.array(timelineItemSchema), nextBefore: z.int().nullable() });

@Api('conversations', 'Conversations')
export class ConversationsController {
  constructor(
    private readonly services: Services,
    private readonly priceReply: PriceReply,
  ) {}

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

  @Get(':id/price')
  @Needs('reply')
  @Endpoint({
    summary: 'What a reply costs',
    description:
      'An estimate by the prices that the company gave to the carrier account: `sms` for each segment, `mms` for a ' +
      'reply with files; of a group, for all of its people together. Null where no price is known. Where the carrier ' +
      'takes no files, each goes out as a link of `linkLength` characters in the text, on a line of its own.',
    answer: replyPriceSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  price(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) conversationId: string,
  ): Promise<ReplyPrice> {
    return this.priceReply.execute({ ...asViewer(me), conversationId });
  }
}
