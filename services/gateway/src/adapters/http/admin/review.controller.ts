import { Body, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  auditItemSchema,
  auditQuery,
  explainBody,
  ExplainRoute,
  pageOf,
  routeSchema,
  traceAnswer,
  type Route,
} from '@partyline/contracts';
import type { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { TraceText, type TextTrace } from '../../../application/conversations/trace-text.js';
import { ListTrail } from '../../../application/audit/list-trail.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

const auditAnswer = pageOf(auditItemSchema);

/** Why something went where it went, and who did what. */
@Api('admin', 'Administration')
export class ReviewController {
  constructor(
    private readonly services: Services,
    private readonly traceText: TraceText,
    private readonly listTrail: ListTrail,
  ) {}

  @Post('routing/explain')
  @HttpCode(200)
  @Needs('manageRouting')
  @Endpoint({
    summary: 'Where would a text go, and why?',
    answer: routeSchema,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  explain(
    @Caller() me: Principal,
    @Body({ schema: explainBody }) body: z.infer<typeof explainBody>,
  ): Promise<Route> {
    return this.services.query(ExplainRoute, { ...asViewer(me), ...body });
  }

  @Get('messages/:id/trace')
  @Needs('manageRouting')
  @Endpoint({
    summary: 'Where did this text go, and why?',
    answer: traceAnswer,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  trace(@Caller() me: Principal, @Param('id', { schema: idParam }) messageId: string): Promise<TextTrace> {
    return this.traceText.execute({ ...asViewer(me), messageId });
  }

  @Get('audit')
  @Needs('viewAudit')
  @Endpoint({
    summary: 'Who did what, newest first',
    description:
      'To conversations, and besides (`inboxId` and `conversationId` are null): what was set up and exported, with ' +
      'what was asked for (`given`) and what became of it (`outcome`).',
    answer: auditAnswer,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  audit(
    @Caller() me: Principal,
    @Query({ schema: auditQuery }) { userId: actorId, cursor, limit, ...filter }: z.infer<typeof auditQuery>,
  ): Promise<z.infer<typeof auditAnswer>> {
    return this.listTrail.execute(asViewer(me), { ...filter, actorId }, cursor, limit);
  }
}
