import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  FindMissingTexts,
  ListCarrierLogins as ListLogins,
  TakeLoggedTexts as TakeTexts,
  type CallDefinition,
} from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { ListCarrierLogins } from '../../application/list-carrier-logins.js';
import { ReceiptStore } from '../../application/receipt-store.js';
import { TakeLoggedTexts } from '../../application/take-logged-texts.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** Calls of delivery, which compares carriers' logs with ours. */
@Controller()
export class CarrierLogController {
  constructor(
    private readonly logins: ListCarrierLogins,
    private readonly receipts: ReceiptStore,
    private readonly take: TakeLoggedTexts,
  ) {}

  @Answers(ListLogins)
  async carrierLogins() {
    const logins = await this.logins.execute();
    return ok(
      logins.map(({ since, ...login }) => ({
        ...login,
        sharedWith: [...login.sharedWith],
        ...(since === null ? {} : { since: since.toISOString() }),
      })),
    );
  }

  @Answers(FindMissingTexts)
  async missingTexts(request: Request<typeof FindMissingTexts>) {
    const { tenantId, carrier, accountIds, providerMessageIds } = request;
    return ok(await this.receipts.missing(tenantId, carrier, accountIds, providerMessageIds));
  }

  @Answers(TakeTexts)
  takeLoggedTexts({ tenantId, accountId, texts }: Request<typeof TakeTexts>) {
    return this.take.execute(tenantId, accountId, texts);
  }
}
