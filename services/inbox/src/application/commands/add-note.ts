import { Injectable } from '@nestjs/common';
import type { AddNote as Call, CommandAccepted } from '@partyline/contracts';
import { derivedId } from '@partyline/kernel';
import type { Answer, RequestOf } from '../answer.js';
import { Desk } from './desk.js';

/** An internal note. Never leaves the company. */
@Injectable()
export class AddNote {
  constructor(private readonly desk: Desk) {}

  execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { tenantId, conversationId, userId: by, commandId, text } = request;
    const noteId = derivedId('no', tenantId, conversationId, by, commandId);
    return this.desk.carryOut(request, { type: 'note', by, noteId, text });
  }
}
