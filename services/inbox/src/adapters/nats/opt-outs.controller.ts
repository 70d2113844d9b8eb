import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ChangeConsentSettings, GetConsentSettings, ListOptOuts, SetConsents } from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ManageConsents } from '../../application/contact/manage-consents.js';
import { reachable } from './reachable.js';

/** Who must not be texted. */
@Controller()
export class OptOutsController {
  constructor(private readonly consents: ManageConsents) {}

  @Answers(ListOptOuts)
  list(request: RequestOf<typeof ListOptOuts>) {
    return reachable(this.consents.list(request));
  }

  @Answers(SetConsents)
  set(request: RequestOf<typeof SetConsents>) {
    return reachable(this.consents.set(request));
  }

  @Answers(GetConsentSettings)
  settings(request: RequestOf<typeof GetConsentSettings>) {
    return reachable(this.consents.settings(request));
  }

  @Answers(ChangeConsentSettings)
  changeSettings(request: RequestOf<typeof ChangeConsentSettings>) {
    return reachable(this.consents.changeSettings(request));
  }
}
