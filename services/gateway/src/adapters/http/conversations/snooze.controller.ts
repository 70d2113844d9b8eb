import { Body, HttpCode, Param, Post } from '@nestjs/common';
import {
  commandAcceptedSchema,
  snoozeBody,
  wakeBody,
  WakeConversation,
  type CommandAccepted,
} from '@partyline/contracts';
import type { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { SnoozeConversation } from '../../../application/conversations/snooze-conversation.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

const ACCEPTED = { answer: commandAcceptedSchema, command: true } as const;
const BASIC = ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'NOT_OWNER', 'DONE'] as const;

/** Out of the active lists for a while. */
@Api('conversations/:id', 'Conversations')
export class SnoozeController {
  constructor(
    private readonly services: Services,
    private readonly snoozeConversation: SnoozeConversation,
  ) {}

  @Post('snooze')
  @HttpCode(200)
  @Endpoint({
    ...ACCEPTED,
    summary: 'Snooze until a time, or until the customer writes',
    description:
      'A text of the customer wakes it in any case. It comes back as new activity. Without `seenSeq` what I have ' +
      'read counts as seen.',
    refusals: [...BASIC, 'NEW_ACTIVITY'],
  })
  snooze(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: snoozeBody }) body: z.infer<typeof snoozeBody>,
  ): Promise<CommandAccepted> {
    return this.snoozeConversation.execute({ ...asViewer(me), commandId, conversationId, ...body });
  }

  @Post('wake')
  @HttpCode(200)
  @Endpoint({ ...ACCEPTED, summary: 'End a snooze', refusals: BASIC })
  wake(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) conversationId: string,
    @Body({ schema: wakeBody }) body: z.infer<typeof wakeBody>,
  ): Promise<CommandAccepted> {
    return this.services.command(WakeConversation, { ...asViewer(me), commandId, conversationId, ...body });
  }
}
