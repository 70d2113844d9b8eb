import { Body, HttpCode, Param, Post } from '@nestjs/common';
import {
  assignBody,
  commandAcceptedSchema,
  doneBody,
  reopenBody,
  ReopenConversation,
  returnBody,
  ReturnConversation,
  transferBody,
  TransferConversation,
  type CommandAccepted,
} from '@partyline/contracts';
import type { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { AssignConversation } from '../../../application/conversations/assign-conversation.js';
import { FinishConversation } from '../../../application/conversations/finish-conversation.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

const ACCEPTED = { answer: commandAcceptedSchema, command: true } as const;
const BASIC = ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'] as const;

/** Who has it, and whether it is done. */
@Api('conversations/:id', 'Conversations')
export class OwnershipController {
  constructor(
    private readonly services: Services,
    private readonly assignConversation: AssignConversation,
    private readonly finishConversation: FinishConversation,
  ) {}

  @Post('assign')
  @HttpCode(200)
  @Endpoint({
    ...ACCEPTED,
    summary: 'Assign to Me, or (an Admin) to somebody of the inbox',
    description: 'With `userId` it needs `expectedEpoch`.',
    refusals: [...BASIC, 'ASSIGNED_TO_OTHER', 'DONE', 'NOT_MEMBER'],
  })
  assign(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: assignBody }) body: z.infer<typeof assignBody>,
  ): Promise<CommandAccepted> {
    return this.assignConversation.execute({
      ...asViewer(me),
      commandId,
      conversationId,
      expectedEpoch: body.expectedEpoch,
      assigneeId: body.userId,
    });
  }

  @Post('transfer')
  @HttpCode(200)
  @Endpoint({
    ...ACCEPTED,
    summary: 'Transfer to a colleague',
    refusals: [...BASIC, 'NOT_OWNER', 'DONE', 'NOT_MEMBER'],
  })
  transfer(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: transferBody }) body: z.infer<typeof transferBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(TransferConversation, {
      ...asViewer(me),
      commandId,
      conversationId,
      expectedEpoch: body.expectedEpoch,
      assigneeId: body.userId,
    });
  }

  @Post('return')
  @HttpCode(200)
  @Endpoint({ ...ACCEPTED, summary: 'Return to Inbox', refusals: [...BASIC, 'NOT_OWNER', 'DONE'] })
  giveBack(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: returnBody }) body: z.infer<typeof returnBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(ReturnConversation, { ...asViewer(me), commandId, conversationId, ...body });
  }

  @Post('done')
  @HttpCode(200)
  @Endpoint({
    ...ACCEPTED,
    summary: 'Mark as Done',
    description: 'Without `seenSeq` what I have read counts as seen.',
    refusals: [...BASIC, 'NOT_OWNER', 'NEW_ACTIVITY', 'DONE'],
  })
  done(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: doneBody }) body: z.infer<typeof doneBody>,
  ): Promise<CommandAccepted> {
    return this.finishConversation.execute({ ...asViewer(me), commandId, conversationId, ...body });
  }

  @Post('reopen')
  @HttpCode(200)
  @Endpoint({ ...ACCEPTED, summary: 'Reopen', refusals: [...BASIC, 'ALREADY_OPEN', 'NOT_MEMBER'] })
  reopen(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: reopenBody }) body: z.infer<typeof reopenBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(ReopenConversation, {
      ...asViewer(me),
      commandId,
      conversationId,
      expectedEpoch: body.expectedEpoch,
      assigneeId: body.userId,
    });
  }
}
