import { Body, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ListReconciliations,
  Reconcile,
  reconcileInputSchema,
  reconciliationSchema,
  type ReconciliationView,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

/** Carriers' own logs, compared with ours. */
@Api('admin/reconciliations', 'Administration')
@Needs('manageRouting')
export class ReconciliationsController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: "What comparing the carriers' own logs with ours has come to",
    description: 'One entry per carrier account whose carrier has a log that can be read.',
    answer: z.array(reconciliationSchema),
    refusals: ['FORBIDDEN'],
  })
  list(@Caller() me: Principal): Promise<ReconciliationView[]> {
    return this.services.query(ListReconciliations, asViewer(me));
  }

  @Post(':id')
  @HttpCode(202)
  @Endpoint({
    summary: "Compare a carrier account's log with ours as soon as may be",
    answer: reconciliationSchema,
    status: 202,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'carrier_account.compared', fields: ['hours'] },
  })
  reconcile(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Body({ schema: reconcileInputSchema }) { hours }: z.infer<typeof reconcileInputSchema>,
  ): Promise<ReconciliationView> {
    return this.services.command(Reconcile, { ...asViewer(me), accountId, hours });
  }
}
