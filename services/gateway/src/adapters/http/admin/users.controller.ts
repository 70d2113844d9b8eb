import { Body, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { changeUserBody, createUserBody, userSchema, type UserView } from '@partyline/contracts';
import { z } from 'zod';
import type { Principal, User } from '../../../domain/account.js';
import { ManageUsers } from '../../../application/accounts/manage-users.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { Caller, CommandId } from '../request.js';

@Api('admin/users', 'Administration')
@Needs('manageUsers')
export class UsersController {
  constructor(private readonly users: ManageUsers) {}

  @Get()
  @Endpoint({ summary: 'All users', answer: z.array(userSchema), refusals: ['FORBIDDEN'] })
  async list(@Caller() me: Principal): Promise<UserView[]> {
    return (await this.users.list(me)).map(viewOf);
  }

  @Get(':id')
  @Endpoint({ summary: 'Get a user', answer: userSchema, refusals: ['FORBIDDEN', 'NOT_FOUND'] })
  async get(@Caller() me: Principal, @Param('id', { schema: idParam }) userId: string): Promise<UserView> {
    return viewOf(await this.users.get(me, userId));
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Add a user with a first password',
    answer: userSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'user.created', fields: ['email', 'name', 'roleId'] },
  })
  async create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: createUserBody }) body: z.infer<typeof createUserBody>,
  ): Promise<UserView> {
    return viewOf(await this.users.create(me, body, commandId));
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Change a user',
    description: 'Whoever is disabled, or gets another password, is signed out everywhere.',
    answer: userSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    records: {
      type: 'user.changed',
      fields: ['email', 'name', 'roleId', 'active', 'availability', 'awayUntil'],
    },
  })
  async change(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) userId: string,
    @Body({ schema: changeUserBody }) body: z.infer<typeof changeUserBody>,
  ): Promise<UserView> {
    return viewOf(await this.users.change(me, userId, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    summary: 'Disable a user',
    description: 'What they did stays under their name, so nobody is ever removed.',
    status: 204,
    refusals: ['FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    records: { type: 'user.disabled' },
  })
  async disable(@Caller() me: Principal, @Param('id', { schema: idParam }) userId: string): Promise<void> {
    await this.users.change(me, userId, { active: false });
  }
}

const viewOf = ({ id, email, name, roleId, active, availability, awayUntil }: User): UserView => ({
  id,
  email,
  name,
  roleId,
  active,
  availability,
  awayUntil,
});
