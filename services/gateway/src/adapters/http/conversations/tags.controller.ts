import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  commandAcceptedSchema,
  ListTags,
  tagBody,
  TagConversation,
  tagSchema,
  type CommandAccepted,
  type Tag,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

/** Words for conversations, and which conversation has which. */
@Api('', 'Conversations')
export class TagsController {
  constructor(private readonly services: Services) {}

  @Get('tags')
  @Endpoint({
    summary: 'All tags',
    description:
      'Retired ones too: they stay on the conversations that have them, and are put on nothing more.',
    answer: z.array(tagSchema),
    refusals: ['FORBIDDEN'],
  })
  list(@Caller() me: Principal): Promise<Tag[]> {
    return this.services.query(ListTags, asViewer(me));
  }

  @Post('conversations/:id/tags')
  @HttpCode(200)
  @Endpoint({
    summary: 'Put tags on and take tags off',
    description:
      'By their ids. What is so already stays so, and is no error. Whoever may add notes may do this, whosever the ' +
      'conversation is, open or done.',
    answer: commandAcceptedSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND'],
    command: true,
  })
  tag(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: tagBody }) body: z.infer<typeof tagBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(TagConversation, { ...asViewer(me), commandId, conversationId, ...body });
  }
}
