import { Body, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { changeTagBody, ChangeTag, CreateTag, newTagBody, tagSchema, type Tag } from '@partyline/contracts';
import type { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { madeId } from '../../../domain/made-id.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

/** The tags that there are, which the inbox service keeps. */
@Api('admin/tags', 'Administration')
@Needs('manageInboxes')
export class AdminTagsController {
  constructor(private readonly services: Services) {}

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Add a tag',
    answer: tagSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
    records: { type: 'tag.created', fields: ['name', 'colour'] },
  })
  create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: newTagBody }) body: z.infer<typeof newTagBody>,
  ): Promise<Tag> {
    return this.services.command(CreateTag, { ...asViewer(me), tagId: madeId('tg', me, commandId), ...body });
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Rename, recolour, retire or bring back a tag',
    description:
      'Fields that are not given stay. A new name shows wherever the tag is. With the `revision` that was on the ' +
      'screen it is refused (STALE) when somebody else was faster.',
    answer: tagSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'OUTCOME_UNKNOWN'],
    records: { type: 'tag.changed', fields: ['name', 'colour', 'retired'] },
  })
  change(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) tagId: string,
    @Body({ schema: changeTagBody }) body: z.infer<typeof changeTagBody>,
  ): Promise<Tag> {
    return this.services.command(ChangeTag, { ...asViewer(me), tagId, ...body });
  }
}
