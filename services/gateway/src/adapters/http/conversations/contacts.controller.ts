import { Body, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ChangeContact,
  changeContactBody,
  contactDetailSchema,
  contactSchema,
  conversationViewSchema,
  CreateContact,
  eraseContactBody,
  EraseContact,
  GetContact,
  ListContactConversations,
  ListContacts,
  mergeContactBody,
  MergeContacts,
  newContactBody,
  pageOf,
  separateContactBody,
  SeparateContacts,
  type ContactDetail,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

const contactsQuery = z.object({
  q: z.string().max(200).optional(),
  number: z.string().max(40).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const historyQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const contactsAnswer = pageOf(contactSchema);
const historyAnswer = pageOf(conversationViewSchema);

/** Who the customers are. */
@Api('contacts', 'Contacts')
export class ContactsController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'The customers, page by page',
    description:
      '`q`: beginnings of words of the name, or a part of a number; `number`: whose number this is.',
    answer: contactsAnswer,
    refusals: ['VALIDATION'],
  })
  list(
    @Caller() me: Principal,
    @Query({ schema: contactsQuery }) query: z.infer<typeof contactsQuery>,
  ): Promise<z.infer<typeof contactsAnswer>> {
    return this.services.query(ListContacts, { ...asViewer(me), ...query });
  }

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Write down a contact',
    answer: contactDetailSchema,
    status: 201,
    refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    command: true,
  })
  create(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Body({ schema: newContactBody }) body: z.infer<typeof newContactBody>,
  ): Promise<ContactDetail> {
    return this.services.command(CreateContact, { ...asViewer(me), commandId, ...body });
  }

  @Get(':id')
  @Endpoint({
    summary: 'A contact',
    description: 'One that was merged answers as the contact that it is part of.',
    answer: contactDetailSchema,
    refusals: ['NOT_FOUND'],
  })
  contact(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) contactId: string,
  ): Promise<ContactDetail> {
    return this.services.query(GetContact, { ...asViewer(me), contactId });
  }

  @Patch(':id')
  @Endpoint({
    summary: 'Change the name, the notes or the numbers of a contact',
    answer: contactDetailSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'IN_USE'],
    command: true,
  })
  change(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) contactId: string,
    @Body({ schema: changeContactBody }) body: z.infer<typeof changeContactBody>,
  ): Promise<ContactDetail> {
    return this.services.command(ChangeContact, { ...asViewer(me), commandId, contactId, ...body });
  }

  @Get(':id/conversations')
  @Endpoint({
    summary: 'The history of a contact, in the inboxes that I see',
    answer: historyAnswer,
    refusals: ['VALIDATION', 'NOT_FOUND'],
  })
  history(
    @Caller() me: Principal,
    @Param('id', { schema: idParam }) contactId: string,
    @Query({ schema: historyQuery }) query: z.infer<typeof historyQuery>,
  ): Promise<z.infer<typeof historyAnswer>> {
    return this.services.query(ListContactConversations, { ...asViewer(me), contactId, ...query });
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Endpoint({
    summary: 'Make another contact part of this one',
    description: 'Conversations stay what they are. It can be taken back with `separate`.',
    answer: contactDetailSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    command: true,
    records: { type: 'contact.merged', fields: ['contactId'] },
  })
  merge(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) contactId: string,
    @Body({ schema: mergeContactBody }) body: z.infer<typeof mergeContactBody>,
  ): Promise<ContactDetail> {
    const { contactId: otherId, expectedRevision } = body;
    return this.services.command(MergeContacts, {
      ...asViewer(me),
      commandId,
      contactId,
      otherId,
      expectedRevision,
    });
  }

  @Post(':id/separate')
  @HttpCode(200)
  @Endpoint({
    summary: 'Take a merged contact out again',
    answer: contactDetailSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    command: true,
    records: { type: 'contact.separated', fields: ['contactId'] },
  })
  separate(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) contactId: string,
    @Body({ schema: separateContactBody }) body: z.infer<typeof separateContactBody>,
  ): Promise<ContactDetail> {
    const { contactId: otherId, expectedRevision } = body;
    return this.services.command(SeparateContacts, {
      ...asViewer(me),
      commandId,
      contactId,
      otherId,
      expectedRevision,
    });
  }

  @Post(':id/erase')
  @Needs('manageUsers')
  @HttpCode(202)
  @Endpoint({
    summary: 'Erase what a contact wrote',
    description:
      'For good: their name, the notes about them, and in every conversation what they wrote and what was written to ' +
      'them alone. That something was written, when, and who worked on it stays, and so does their word on being ' +
      'texted. It goes on after the answer; `erasure.finished` of the contact says when it is done.',
    answer: contactDetailSchema,
    status: 202,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE'],
    command: true,
    records: { type: 'contact.erased' },
  })
  erase(
    @Caller() me: Principal,
    @CommandId() commandId: string,
    @Param('id', { schema: idParam }) contactId: string,
    @Body({ schema: eraseContactBody }) body: z.infer<typeof eraseContactBody>,
  ): Promise<ContactDetail> {
    return this.services.command(EraseContact, { ...asViewer(me), commandId, contactId, ...body });
  }
}
