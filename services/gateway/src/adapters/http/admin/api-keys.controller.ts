import { Body, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { apiKeySchema, createdApiKeySchema, newApiKeyBody } from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { prefixOf, type ApiKey } from '../../../domain/api-key.js';
import { ManageApiKeys } from '../../../application/api-keys/manage-api-keys.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { Caller, CommandId } from '../request.js';

type View = z.infer<typeof apiKeySchema>;

@Api('admin/api-keys', 'Administration')
@Needs('manageUsers')
export class ApiKeysController {
  constructor(private readonly keys: ManageApiKeys) {}

  @Get()
  @Endpoint({
    summary: 'All API keys, newest first, with when they were used',
    answer: z.array(apiKeySchema),
    refusals: ['FORBIDDEN'],
  })
  async list(@Caller() me: Principal): Promise<View[]> {
    return (await this.keys.list(me)).map(viewOf);
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Make an API key',
    description:
      'The answer holds the key, this one time: send it as `Authorization: Bearer plk_…`. A key may do what its scopes ' +
      'say and no more than who made it; it sees the inboxes that it is a member of, with `assignAny` all of them. Where ' +
      'the request is repeated within an hour, and nobody used the key, the answer holds another secret for the same ' +
      'key, and the one before counts no more.',
    answer: createdApiKeySchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'api_key.created', fields: ['name', 'scopes', 'expiresInDays'] },
  })
  async create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: newApiKeyBody }) body: z.infer<typeof newApiKeyBody>,
  ): Promise<z.infer<typeof createdApiKeySchema>> {
    const { key, secret } = await this.keys.create(me, body, commandId);
    return { key: viewOf(key), secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    summary: 'Revoke an API key, at once',
    status: 204,
    refusals: ['FORBIDDEN', 'NOT_FOUND'],
    records: { type: 'api_key.revoked' },
  })
  async revoke(@Caller() me: Principal, @Param('id', { schema: idParam }) keyId: string): Promise<void> {
    await this.keys.revoke(me, keyId);
  }
}

const viewOf = (key: ApiKey): View => ({
  id: key.id,
  name: key.name,
  prefix: prefixOf(key),
  scopes: [...key.scopes],
  createdBy: { ...key.createdBy },
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
});
