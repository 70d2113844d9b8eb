import { Body, HttpCode, Post } from '@nestjs/common';
import { bulkAnswerSchema, bulkBody, type BulkAnswer } from '@partyline/contracts';
import type { z } from 'zod';
import { ChangeMany } from '../../../application/conversations/change-many.js';
import type { Principal } from '../../../domain/account.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { problemOf } from '../problem.js';
import { asViewer, Caller, CommandId } from '../request.js';

/** One act on what was selected in a list. */
@Api('conversations', 'Conversations')
export class BulkController {
  constructor(private readonly changeMany: ChangeMany) {}

  @Post('bulk')
  @HttpCode(200)
  @Endpoint({
    summary: 'Change up to a hundred conversations at once',
    description:
      'Each is changed or refused for itself, with the answer or the problem that it would have had alone; so the ' +
      'whole is 200 even where all were refused. `assign` without `userId` is Assign to Me; `tag` and `untag` need the `tagId`; all else ' +
      'needs the `expectedEpoch` of each.',
    answer: bulkAnswerSchema,
    refusals: ['VALIDATION', 'FORBIDDEN'],
    command: true,
  })
  async bulk(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: bulkBody }) { action, userId: assigneeId, tagId, items }: z.infer<typeof bulkBody>,
  ): Promise<BulkAnswer> {
    const viewer = asViewer(me);
    const changed = await this.changeMany.execute({ viewer, commandId, action, assigneeId, tagId, items });
    return {
      results: changed.map((each) => {
        const { conversationId } = each;
        if ('accepted' in each) return { conversationId, ok: true, accepted: each.accepted };
        const path = `/api/v1/conversations/${encodeURIComponent(conversationId)}/${action}`;
        const { correlationId } = viewer;
        return { conversationId, ok: false, problem: problemOf(each.refusal, { path, correlationId }) };
      }),
    };
  }
}
