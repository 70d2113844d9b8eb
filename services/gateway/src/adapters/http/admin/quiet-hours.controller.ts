import { Body, Get, Put } from '@nestjs/common';
import {
  ChangeQuietHours,
  GetQuietHours,
  quietHoursSettingsSchema,
  type QuietHoursSettings,
} from '@partyline/contracts';
import { Services } from '../../../application/services.js';
import type { Principal } from '../../../domain/account.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';

/** When the company does not want to disturb its customers, which the inbox service keeps. */
@Api('admin/quiet-hours', 'Administration')
@Needs('manageInboxes')
export class QuietHoursController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'When customers are not to be disturbed',
    answer: quietHoursSettingsSchema,
    refusals: ['FORBIDDEN'],
  })
  get(@Caller() me: Principal): Promise<QuietHoursSettings> {
    return this.services.query(GetQuietHours, asViewer(me));
  }

  @Put()
  @Endpoint({
    summary: 'Change when customers are not to be disturbed',
    description:
      'By the clock where the customer is; from 21:00 to 08:00 unless changed. Whoever writes to them then is warned ' +
      'first; nothing is refused. `hours: null`: nobody is warned.',
    answer: quietHoursSettingsSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'OUTCOME_UNKNOWN'],
    records: { type: 'quiet_hours.changed', target: 'quiet-hours', fields: ['hours'] },
  })
  change(
    @Caller() me: Principal,
    @Body({ schema: quietHoursSettingsSchema }) { hours }: QuietHoursSettings,
  ): Promise<QuietHoursSettings> {
    return this.services.command(ChangeQuietHours, { ...asViewer(me), hours });
  }
}
