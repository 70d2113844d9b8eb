import { Body, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  accountAlertSchema,
  AddSpareSecret,
  carrierAccountInputSchema,
  carrierAccountViewSchema,
  changeCarrierAccountBody,
  CreateCarrierAccount,
  GetSendingHealth,
  ListAccountAlerts,
  ListCarrierAccounts,
  ListRefusedWebhooks,
  PromoteSpareSecret,
  refusedWebhookSchema,
  RemoveCarrierAccount,
  RetireSpareSecret,
  secretUntilSchema,
  sendingHealthSchema,
  spareSecretSchema,
  UpdateCarrierAccount,
  type AccountAlert,
  type RefusedWebhookView,
  type SendingHealth,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { madeId } from '../../../domain/made-id.js';
import { Refused } from '../../../application/refused.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { ACCOUNT_ALERT } from '../openapi/examples/arrivals.js';
import { name } from '../openapi/schema-registry.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

name(accountAlertSchema, 'AccountAlert', ACCOUNT_ALERT);

/** Settings are not: a mapping can hold what its provider takes for a password. */
const ACCOUNT_FIELDS = ['carrier', 'name', 'publicUrl', 'active', 'prices'];
type View = z.infer<typeof carrierAccountViewSchema>;
const secretParam = z.string().min(1).max(64);
/** The revision that was on the screen. */
const seenQuery = z.object({ revision: z.coerce.number().int().optional() });
const refusedQuery = z.object({ limit: z.coerce.number().int().min(1).max(50).default(20) });

@Api('admin/carrier-accounts', 'Administration')
@Needs('manageRouting')
export class CarrierAccountsController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'All carrier accounts, with what came in through them',
    answer: z.array(carrierAccountViewSchema),
    refusals: ['FORBIDDEN'],
  })
  list(@Caller() me: Principal): Promise<View[]> {
    return this.services.query(ListCarrierAccounts, asViewer(me));
  }

  @Get('sending')
  @Endpoint({
    summary: 'What became of the replies of the last 24 hours, by account',
    description: 'Of accounts that sent anything; at most the newest 50,000 replies are looked at.',
    answer: z.array(sendingHealthSchema),
    refusals: ['FORBIDDEN'],
  })
  sending(@Caller() me: Principal): Promise<SendingHealth[]> {
    return this.services.query(GetSendingHealth, asViewer(me));
  }

  @Get('alerts')
  @Endpoint({
    summary: 'Accounts of which the Admins are told that they do not work as they should',
    description:
      'Webhooks are refused for their signatures clearly more often than usual, or replies fail or wait for reasons that ' +
      'are the account’s. Each stays until it is seen to work again. Webhooks `account.failing` and `account.recovered` ' +
      'tell other systems.',
    answer: z.array(accountAlertSchema),
    refusals: ['FORBIDDEN'],
  })
  alerts(@Caller() me: Principal): Promise<AccountAlert[]> {
    return this.services.query(ListAccountAlerts, asViewer(me));
  }

  @Get(':id')
  @Endpoint({
    summary: 'Get a carrier account',
    answer: carrierAccountViewSchema,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
  })
  async get(@Caller() me: Principal, @Param('id', { schema: idParam }) accountId: string): Promise<View> {
    const found = (await this.list(me)).find(({ id }) => id === accountId);
    if (!found) throw new Refused('NOT_FOUND', 'There is no such carrier account.');
    return found;
  }

  @Get(':id/refused-webhooks')
  @Endpoint({
    summary: 'Webhooks that were not taken, and why, the latest first',
    description: 'Of the last 30 days; of a flood only some of every minute are kept.',
    answer: z.array(refusedWebhookSchema),
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND'],
  })
  refused(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Query({ schema: refusedQuery }) { limit }: z.infer<typeof refusedQuery>,
  ): Promise<RefusedWebhookView[]> {
    return this.services.query(ListRefusedWebhooks, { ...asViewer(me), accountId, limit });
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Add a carrier account',
    description:
      'Secrets are sealed at once; nobody gets to see them again. One that is there already, the same in every field, is ' +
      'answered as it is.',
    answer: carrierAccountViewSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'carrier_account.created', fields: ACCOUNT_FIELDS },
  })
  create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: carrierAccountInputSchema }) account: z.infer<typeof carrierAccountInputSchema>,
  ): Promise<View> {
    const named = { ...account, id: account.id ?? madeId('ca', me, commandId) };
    return this.services.command(CreateCarrierAccount, { ...asViewer(me), account: named });
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Change a carrier account',
    description:
      'Secrets that are not given stay as they are. With the `revision` that was on the screen it is refused (STALE) ' +
      'when somebody else was faster.',
    answer: carrierAccountViewSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    records: { type: 'carrier_account.changed', fields: ACCOUNT_FIELDS },
  })
  change(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Body({ schema: changeCarrierAccountBody }) account: z.infer<typeof changeCarrierAccountBody>,
  ): Promise<View> {
    return this.services.command(UpdateCarrierAccount, { ...asViewer(me), id: accountId, account });
  }

  @Put(':id/secrets/:secret/spare')
  @Endpoint({
    summary: 'Give a secret a second value',
    description:
      'Webhooks that are signed with either are accepted; sending goes on with the first. For changing a secret ' +
      'without losing a text: add the new value, change it at the carrier, promote it, retire the old one.',
    answer: carrierAccountViewSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    records: { type: 'carrier_account.secret_added', fields: ['expiresAt'] },
  })
  addSpare(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Param('secret', { schema: secretParam }) secret: string,
    @Body({ schema: spareSecretSchema }) spare: z.infer<typeof spareSecretSchema>,
  ): Promise<View> {
    return this.services.command(AddSpareSecret, { ...asViewer(me), id: accountId, secret, ...spare });
  }

  @Post(':id/secrets/:secret/promote')
  @HttpCode(200)
  @Endpoint({
    summary: 'Send with the second value of a secret from now on',
    description:
      'The two change places: the value so far is accepted until it expires or is retired. The `revision` that was on ' +
      'the screen is needed, so that of two Admins the second does not swap it back (STALE).',
    answer: carrierAccountViewSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    records: { type: 'carrier_account.secret_promoted', fields: ['expiresAt'] },
  })
  promote(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Param('secret', { schema: secretParam }) secret: string,
    @Body({ schema: secretUntilSchema }) until: z.infer<typeof secretUntilSchema>,
  ): Promise<View> {
    return this.services.command(PromoteSpareSecret, { ...asViewer(me), id: accountId, secret, ...until });
  }

  @Delete(':id/secrets/:secret/spare')
  @Endpoint({
    summary: 'Accept the second value of a secret no more',
    answer: carrierAccountViewSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    records: { type: 'carrier_account.secret_retired' },
  })
  retire(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) accountId: string,
    @Param('secret', { schema: secretParam }) secret: string,
    @Query({ schema: seenQuery }) seen: z.infer<typeof seenQuery>,
  ): Promise<View> {
    return this.services.command(RetireSpareSecret, { ...asViewer(me), id: accountId, secret, ...seen });
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    summary: 'Remove a carrier account',
    status: 204,
    refusals: ['FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    records: { type: 'carrier_account.removed' },
  })
  async remove(@Caller() me: Principal, @Param('id', { schema: idParam }) accountId: string): Promise<void> {
    await this.services.command(RemoveCarrierAccount, { ...asViewer(me), id: accountId });
  }
}
