import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ChangeQuietHours, GetContactTime as GetContactTimeCall, GetQuietHours } from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { GetContactTime } from '../../application/queries/get-contact-time.js';
import { ManageQuietHours } from '../../application/settings/manage-quiet-hours.js';
import { reachable } from './reachable.js';

/** When customers sleep. */
@Controller()
export class ContactTimeController {
  constructor(
    private readonly getContactTime: GetContactTime,
    private readonly quietHours: ManageQuietHours,
  ) {}

  @Answers(GetContactTimeCall)
  contactTime(request: RequestOf<typeof GetContactTimeCall>) {
    return reachable(this.getContactTime.execute(request));
  }

  @Answers(GetQuietHours)
  get(request: RequestOf<typeof GetQuietHours>) {
    return reachable(this.quietHours.get(request));
  }

  @Answers(ChangeQuietHours)
  change(request: RequestOf<typeof ChangeQuietHours>) {
    return reachable(this.quietHours.change(request));
  }
}
