import { Body, HttpCode, Param, Post } from '@nestjs/common';
import {
  AddNote,
  commandAcceptedSchema,
  MarkRead,
  noteBody,
  readBody,
  replyBody,
  typingBody,
  viewingBody,
  type CommandAccepted,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { ReplyToCustomer } from '../../../application/conversations/reply-to-customer.js';
import { SignalPresence } from '../../../application/conversations/signal-presence.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { withExample } from '../openapi/schema-registry.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

const readAnswer = withExample(z.object({ cursor: z.int(), unread: z.int() }), { cursor: 12, unread: 0 });

/** What people write in it, and that they read it. */
@Api('conversations/:id', 'Conversations')
export class WritingController {
  constructor(
    private readonly services: Services,
    private readonly replyToCustomer: ReplyToCustomer,
    private readonly signalPresence: SignalPresence,
  ) {}

  @Post('reply')
  @HttpCode(200)
  @Endpoint({
    summary: 'Reply to the customer',
    description:
      'With `claim` an unassigned conversation is taken and answered at once (Assign & send). With `seenSeq` it is ' +
      'refused where the customer wrote after that entry.',
    answer: commandAcceptedSchema,
    refusals: [
      'VALIDATION',
      'FORBIDDEN',
      'NOT_FOUND',
      'ASSIGNED_TO_OTHER',
      'STALE',
      'NOT_OWNER',
      'NEW_ACTIVITY',
      'DONE',
      'OPTED_OUT',
    ],
    command: true,
  })
  reply(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: replyBody }) body: z.infer<typeof replyBody>,
  ): Promise<CommandAccepted> {
    return this.replyToCustomer.execute({ ...asViewer(me), commandId, conversationId, ...body });
  }

  @Post('note')
  @HttpCode(200)
  @Endpoint({
    summary: 'Write a note that never leaves the company',
    answer: commandAcceptedSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND'],
    command: true,
  })
  note(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: noteBody }) body: z.infer<typeof noteBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(AddNote, { ...asViewer(me), commandId, conversationId, ...body });
  }

  @Post('read')
  @HttpCode(200)
  @Endpoint({
    summary: 'I have read up to here',
    answer: readAnswer,
    refusals: ['VALIDATION', 'NOT_FOUND'],
  })
  read(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: readBody }) { seq }: z.infer<typeof readBody>,
  ): Promise<z.infer<typeof readAnswer>> {
    return this.services.command(MarkRead, { ...asViewer(me), conversationId, seq });
  }

  @Post('typing')
  @HttpCode(204)
  @Endpoint({
    summary: 'I type, or stopped',
    description: 'Shown to colleagues for 6 seconds; send it again while typing goes on.',
    status: 204,
    refusals: ['VALIDATION', 'NOT_FOUND'],
  })
  async typing(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: typingBody }) { typing }: z.infer<typeof typingBody>,
  ): Promise<void> {
    const what = { conversationId, kind: 'typing', on: typing } as const;
    await this.signalPresence.execute({ ...asViewer(me), userName: me.name, ...what });
  }

  @Post('viewing')
  @HttpCode(204)
  @Endpoint({
    summary: 'I look at it, or left it',
    description: 'Shown to colleagues for 30 seconds; send it again while it stays open.',
    status: 204,
    refusals: ['VALIDATION', 'NOT_FOUND'],
  })
  async viewing(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: viewingBody }) { viewing }: z.infer<typeof viewingBody>,
  ): Promise<void> {
    const what = { conversationId, kind: 'viewing', on: viewing } as const;
    await this.signalPresence.execute({ ...asViewer(me), userName: me.name, ...what });
  }
}
