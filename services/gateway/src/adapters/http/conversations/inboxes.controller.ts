import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  commandAcceptedSchema,
  conversationsQuery,
  conversationViewSchema,
  inboxMemberSchema,
  inboxSummarySchema,
  ListConversations,
  ListInboxes,
  ListInboxMembers,
  ListInboxTemplates,
  pageOf,
  startBody,
  StartConversation,
  templateSchema,
  type CommandAccepted,
  type ConversationView,
  type InboxMember,
  type InboxSummary,
  type Template,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

@Api('inboxes', 'Inboxes')
export class InboxesController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({ summary: 'The inboxes that I see, with my counts', answer: z.array(inboxSummarySchema) })
  list(@Caller() me: Principal): Promise<InboxSummary[]> {
    return this.services.query(ListInboxes, asViewer(me));
  }

  @Get(':id/members')
  @Endpoint({
    summary: 'Who is in an inbox, for Assign and Transfer',
    answer: z.array(inboxMemberSchema),
    refusals: ['NOT_FOUND'],
  })
  members(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) inboxId: string,
  ): Promise<InboxMember[]> {
    return this.services.query(ListInboxMembers, { ...asViewer(me), inboxId });
  }

  @Get(':id/templates')
  @Endpoint({
    summary: 'Templates for replies in an inbox',
    description:
      'Of this inbox and of all. `{{contact.firstName|there}}` is filled in by who writes, before the text is sent.',
    answer: z.array(templateSchema),
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  templates(@Caller() me: Principal, @Param('id', { schema: idParam }) inboxId: string): Promise<Template[]> {
    return this.services.query(ListInboxTemplates, { ...asViewer(me), inboxId });
  }

  @Get(':id/conversations')
  @Endpoint({
    summary: 'One section of an inbox, page by page',
    answer: pageOf(conversationViewSchema),
    refusals: ['VALIDATION', 'NOT_FOUND'],
  })
  conversations(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) inboxId: string,
    @Query({ schema: conversationsQuery }) query: z.infer<typeof conversationsQuery>,
  ): Promise<{ items: ConversationView[]; nextCursor: string | null }> {
    return this.services.query(ListConversations, { ...asViewer(me), inboxId, ...query });
  }

  @Post(':id/conversations')
  @HttpCode(201)
  @Endpoint({
    summary: 'Write to somebody first',
    answer: commandAcceptedSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'ASSIGNED_TO_OTHER', 'ALREADY_OPEN', 'OPTED_OUT'],
    command: true,
  })
  start(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) inboxId: string,
    @Body({ schema: startBody }) body: z.infer<typeof startBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(StartConversation, { ...asViewer(me), commandId, inboxId, ...body });
  }
}
