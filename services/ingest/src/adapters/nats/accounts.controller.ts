import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  AddSpareSecret,
  CreateCarrierAccount,
  GetCarrierAccount,
  GetReplyPrice,
  ListCarrierAccounts,
  ListRefusedWebhooks as ListRefused,
  PromoteSpareSecret,
  RemoveCarrierAccount,
  RetireSpareSecret,
  TraceReceipt,
  UpdateCarrierAccount,
  type CallDefinition,
} from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { asListed } from '../../application/account-view.js';
import { CreateAccount } from '../../application/create-account.js';
import { FindAccount } from '../../application/find-account.js';
import { ListAccounts } from '../../application/list-accounts.js';
import { ListRefusedWebhooks } from '../../application/list-refused-webhooks.js';
import { PriceReply } from '../../application/price-reply.js';
import { RemoveAccount } from '../../application/remove-account.js';
import { RotateSecret } from '../../application/rotate-secret.js';
import { TraceWebhook } from '../../application/trace-webhook.js';
import { UpdateAccount } from '../../application/update-account.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** Calls of other services. The gateway has checked what its user may do before it asks. */
@Controller()
export class AccountsController {
  constructor(
    private readonly find: FindAccount,
    private readonly list: ListAccounts,
    private readonly create: CreateAccount,
    private readonly update: UpdateAccount,
    private readonly remove: RemoveAccount,
    private readonly trace: TraceWebhook,
    private readonly refused: ListRefusedWebhooks,
    private readonly rotation: RotateSecret,
    private readonly price: PriceReply,
  ) {}

  @Answers(GetCarrierAccount)
  async forDelivery(request: Request<typeof GetCarrierAccount>) {
    const found = await this.find.execute(request.tenantId, request.accountId);
    if (!found.ok) return found;
    const { id, tenantId, carrier, name, publicUrl, active, settings, sealed } = found.value;
    const account = { id, tenantId, carrier, name, publicUrl, active, prices: asListed(found.value.prices) };
    return ok({ ...account, settings: { ...settings }, sealed: { ...sealed } });
  }

  @Answers(GetReplyPrice)
  replyPrice({ tenantId, accountId, to }: Request<typeof GetReplyPrice>) {
    return this.price.execute(tenantId, accountId, to);
  }

  @Answers(ListCarrierAccounts)
  async accounts(request: Request<typeof ListCarrierAccounts>) {
    return ok(await this.list.execute(request.tenantId));
  }

  @Answers(CreateCarrierAccount)
  createAccount(request: Request<typeof CreateCarrierAccount>) {
    return this.create.execute(request.tenantId, request.account);
  }

  @Answers(UpdateCarrierAccount)
  updateAccount(request: Request<typeof UpdateCarrierAccount>) {
    return this.update.execute(request.tenantId, request.id, request.account);
  }

  @Answers(AddSpareSecret)
  addSpareSecret({ tenantId, id, secret, value, expiresAt, revision }: Request<typeof AddSpareSecret>) {
    return this.rotation.execute(
      tenantId,
      id,
      secret,
      { kind: 'add', value, until: moment(expiresAt) },
      revision,
    );
  }

  @Answers(PromoteSpareSecret)
  promoteSpareSecret({ tenantId, id, secret, expiresAt, revision }: Request<typeof PromoteSpareSecret>) {
    return this.rotation.execute(
      tenantId,
      id,
      secret,
      { kind: 'promote', until: moment(expiresAt) },
      revision,
    );
  }

  @Answers(RetireSpareSecret)
  retireSpareSecret({ tenantId, id, secret, revision }: Request<typeof RetireSpareSecret>) {
    return this.rotation.execute(tenantId, id, secret, { kind: 'retire' }, revision);
  }

  @Answers(RemoveCarrierAccount)
  removeAccount(request: Request<typeof RemoveCarrierAccount>) {
    return this.remove.execute(request.tenantId, request.id);
  }

  @Answers(ListRefused)
  refusedWebhooks({ tenantId, accountId, limit }: Request<typeof ListRefused>) {
    return this.refused.execute(tenantId, accountId, limit);
  }

  @Answers(TraceReceipt)
  async traceReceipt(request: Request<typeof TraceReceipt>) {
    const found = await this.trace.execute(request.tenantId, request.messageId);
    if (!found.ok) return found;
    const { receivedAt, landedAt, timesPublished, media, ...rest } = found.value;
    return ok({
      ...rest,
      publishedTimes: timesPublished,
      receivedAt: receivedAt.toISOString(),
      landedAt: landedAt?.toISOString() ?? null,
      media: media.map(({ mediaId: id, state, tries, reason }) => ({ id, state, tries, reason })),
    });
  }
}

const moment = (iso: string | undefined): Date | null => (iso === undefined ? null : new Date(iso));
