import { Body, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import {
  ChangeConsentSettings,
  consentPageSchema,
  consentResultSchema,
  consentsBody,
  consentSettingsBody,
  consentSettingsSchema,
  GetConsentSettings,
  ListOptOuts,
  optOutsQuery,
  SetConsents,
  type ConsentResult,
  type ConsentSettings,
  type ConsentSettingsChange,
} from '@partyline/contracts';
import { z } from 'zod';
import { Services } from '../../../application/services.js';
import type { Principal } from '../../../domain/account.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';

/** Who must not be texted, which the inbox service keeps. */
@Api('admin', 'Administration')
@Needs('manageRouting')
export class OptOutsController {
  constructor(private readonly services: Services) {}

  @Get('opt-outs')
  @Endpoint({
    summary: 'Who opted out of texts from which of our numbers',
    description:
      'Newest first; with `q`, the beginning of a customer’s number, in the order of numbers. `state=opted_in`: those ' +
      'whose last word was that they want texts again.',
    answer: consentPageSchema,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  list(
    @Caller() me: Principal,
    @Query({ schema: optOutsQuery }) query: z.infer<typeof optOutsQuery>,
  ): Promise<z.infer<typeof consentPageSchema>> {
    return this.services.query(ListOptOuts, { ...asViewer(me), ...query });
  }

  @Post('opt-outs')
  @HttpCode(200)
  @Endpoint({
    summary: 'Write down who must not be texted, or may be again',
    description:
      'Up to 50 at once, each with its own result; sending the same again changes nothing. The latest word stands: what ' +
      'the customer said after `at` is kept. It does not lift a block that the carrier keeps.',
    answer: z.array(consentResultSchema),
    refusals: ['VALIDATION', 'FORBIDDEN', 'OUTCOME_UNKNOWN'],
    records: { type: 'opt_outs.noted', fields: ['source'], counted: ['items'] },
  })
  set(
    @Caller() me: Principal,
    @Body({ schema: consentsBody }) body: z.infer<typeof consentsBody>,
  ): Promise<ConsentResult[]> {
    return this.services.command(SetConsents, { ...asViewer(me), ...body });
  }

  @Get('consent-settings')
  @Endpoint({
    summary: 'In which languages words like STOP count, and how they are answered',
    answer: consentSettingsSchema,
    refusals: ['FORBIDDEN'],
  })
  settings(@Caller() me: Principal): Promise<ConsentSettings> {
    return this.services.query(GetConsentSettings, asViewer(me));
  }

  @Put('consent-settings')
  @Endpoint({
    summary: 'Change in which languages words like STOP count, and how they are answered',
    description:
      'The English ones count always. Words that were said before are not looked at again. Answers are sent where the ' +
      'carrier of the account does not answer by itself; what is left out stays as it is, and `answers` takes the place ' +
      'of all own answers that there were.',
    answer: consentSettingsSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'OUTCOME_UNKNOWN'],
    records: {
      type: 'consent_settings.changed',
      target: 'consent-settings',
      fields: ['languages', 'answersIn', 'answers'],
    },
  })
  change(
    @Caller() me: Principal,
    @Body({ schema: consentSettingsBody }) body: ConsentSettingsChange,
  ): Promise<ConsentSettings> {
    return this.services.command(ChangeConsentSettings, { ...asViewer(me), ...body });
  }
}
