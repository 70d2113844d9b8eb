import { Body, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  accountRecordingSchema,
  GetRecordedRequest,
  GetRecording,
  recordedRequestDetailSchema,
  recordedRequestSchema,
  startRecordingBody,
  StartRecording,
  StopRecording,
  type AccountRecording,
  type RecordedRequestDetail,
} from '@partyline/contracts';
import type { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { RECORDED_REQUEST, RECORDING } from '../openapi/examples/arrivals.js';
import { name } from '../openapi/schema-registry.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

name(accountRecordingSchema, 'AccountRecording', RECORDING);
name(startRecordingBody, 'StartRecording', { minutes: 60, requests: 100 });
name(recordedRequestSchema, 'RecordedRequest', RECORDING.requests[0]);
name(recordedRequestDetailSchema, 'RecordedRequestDetail', RECORDED_REQUEST);

@Api('admin/carrier-accounts/:id/recording', 'Administration')
@Needs('manageRouting')
export class RecordingController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'What arrived for a carrier account while that was recorded, the latest first',
    description: 'Kept for three days, and until the next recording.',
    answer: accountRecordingSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  show(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
  ): Promise<AccountRecording> {
    return this.services.query(GetRecording, { ...asViewer(me), accountId });
  }

  @Post()
  @HttpCode(200)
  @Endpoint({
    summary: 'Record what arrives for a carrier account',
    description:
      'For a while, and a number of requests; for a new carrier, or one that does not do what it should. Every request ' +
      'to the webhook address is kept, whatever becomes of it, also while the account is off; credentials are taken out ' +
      'before anything is kept. A new recording takes the place of the one before.',
    answer: accountRecordingSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'carrier_account.recording_started', fields: ['minutes', 'requests'] },
  })
  start(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Body({ schema: startRecordingBody }) limits: z.infer<typeof startRecordingBody>,
  ): Promise<AccountRecording> {
    return this.services.command(StartRecording, { ...asViewer(me), accountId, ...limits });
  }

  @Delete()
  @Endpoint({
    summary: 'Record no more',
    description: 'What was recorded stays for its time.',
    answer: accountRecordingSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'carrier_account.recording_stopped' },
  })
  stop(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
  ): Promise<AccountRecording> {
    return this.services.command(StopRecording, { ...asViewer(me), accountId });
  }

  @Get('requests/:requestId')
  @Endpoint({
    summary: 'A recorded request with its headers, its body, and what was read in it',
    answer: recordedRequestDetailSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  request(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Param('requestId', { schema: idParam }) requestId: string,
  ): Promise<RecordedRequestDetail> {
    return this.services.query(GetRecordedRequest, { ...asViewer(me), accountId, requestId });
  }
}
