import { Body, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { changeRoleBody, roleBody, roleSchema, type RoleView } from '@partyline/contracts';
import { z } from 'zod';
import type { Principal, Role } from '../../../domain/account.js';
import { ManageRoles } from '../../../application/accounts/manage-roles.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { Caller, CommandId } from '../request.js';

@Api('admin/roles', 'Administration')
@Needs('manageUsers')
export class RolesController {
  constructor(private readonly roles: ManageRoles) {}

  @Get()
  @Endpoint({ summary: 'All roles', answer: z.array(roleSchema), refusals: ['FORBIDDEN'] })
  async list(@Caller() me: Principal): Promise<RoleView[]> {
    return (await this.roles.list(me)).map(viewOf);
  }

  @Get(':id')
  @Endpoint({ summary: 'Get a role', answer: roleSchema, refusals: ['FORBIDDEN', 'NOT_FOUND'] })
  async get(@Caller() me: Principal, @Param('id', { schema: idParam }) roleId: string): Promise<RoleView> {
    return viewOf(await this.roles.get(me, roleId));
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Add a role',
    answer: roleSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'role.created', fields: ['name', 'permissions'] },
  })
  async create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: roleBody }) body: z.infer<typeof roleBody>,
  ): Promise<RoleView> {
    return viewOf(await this.roles.create(me, body, commandId));
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Change what a role may do',
    answer: roleSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    records: { type: 'role.changed', fields: ['name', 'permissions'] },
  })
  async change(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) roleId: string,
    @Body({ schema: changeRoleBody }) body: z.infer<typeof changeRoleBody>,
  ): Promise<RoleView> {
    return viewOf(await this.roles.change(me, roleId, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    summary: 'Remove a role that nobody has',
    status: 204,
    refusals: ['FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    records: { type: 'role.removed' },
  })
  async remove(@Caller() me: Principal, @Param('id', { schema: idParam }) roleId: string): Promise<void> {
    await this.roles.remove(me, roleId);
  }
}

const viewOf = ({ id, name, permissions, ready }: Role): RoleView => ({
  id,
  name,
  permissions: [...permissions],
  ready,
});
