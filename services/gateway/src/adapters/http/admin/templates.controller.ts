import { Body, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  changeTemplateBody,
  ChangeTemplate,
  CreateTemplate,
  ListTemplates,
  newTemplateBody,
  RemoveTemplate,
  templateSchema,
  type Template,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { madeId } from '../../../domain/made-id.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

/** What people answer again and again, which the inbox service keeps. */
@Api('admin/templates', 'Administration')
@Needs('manageInboxes')
export class TemplatesController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({ summary: 'All templates', answer: z.array(templateSchema), refusals: ['FORBIDDEN'] })
  list(@Caller() me: Principal): Promise<Template[]> {
    return this.services.query(ListTemplates, asViewer(me));
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Add a template',
    description:
      'For one inbox, or (`inboxId` null) for all. The text can hold `{{contact.name}}`, `{{contact.firstName}}`, ' +
      '`{{agent.name}}` and `{{inbox.name}}`, each with what to say where nothing is known: ' +
      '`{{contact.firstName|there}}`. Any other variable is refused.',
    answer: templateSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'template.created', fields: ['name', 'text', 'inboxId'] },
  })
  create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: newTemplateBody }) body: z.infer<typeof newTemplateBody>,
  ): Promise<Template> {
    return this.services.command(CreateTemplate, {
      ...asViewer(me),
      templateId: madeId('tp', me, commandId),
      ...body,
    });
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Change a template',
    description:
      'Fields that are not given stay. With the `revision` that was on the screen it is refused (STALE) when ' +
      'somebody else was faster.',
    answer: templateSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'OUTCOME_UNKNOWN'],
    records: { type: 'template.changed', fields: ['name', 'text', 'inboxId'] },
  })
  change(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) templateId: string,
    @Body({ schema: changeTemplateBody }) body: z.infer<typeof changeTemplateBody>,
  ): Promise<Template> {
    return this.services.command(ChangeTemplate, { ...asViewer(me), templateId, ...body });
  }

  @Delete(':id')
  @HttpCode(204)
  @Endpoint({
    summary: 'Remove a template',
    status: 204,
    refusals: ['FORBIDDEN', 'NOT_FOUND', 'OUTCOME_UNKNOWN'],
    records: { type: 'template.removed' },
  })
  async remove(@Caller() me: Principal, @Param('id', { schema: idParam }) templateId: string): Promise<void> {
    await this.services.command(RemoveTemplate, { ...asViewer(me), templateId });
  }
}
