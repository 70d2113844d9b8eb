import { Body, Delete, Get, HttpCode, Param, Patch, Post, type Type } from '@nestjs/common';
import {
  CreateDirectoryRecord,
  DIRECTORY,
  GetDirectoryRecord,
  ListDirectory,
  RemoveDirectoryRecord,
  UpdateDirectoryRecord,
  type DirectoryKind,
} from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { madeId } from '../../../domain/made-id.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { RECORDS } from '../openapi/examples/routing.js';
import { name } from '../openapi/schema-registry.js';
import { idParam } from '../params.js';
import { asViewer, Caller, CommandId } from '../request.js';

type Fields = Record<string, unknown>;

/** The one part of a new record that we can make up; a number's id is the number itself. */
const ID_PREFIX: Readonly<Record<DirectoryKind, string | null>> = {
  numbers: null,
  departments: 'dp',
  'ring-groups': 'rg',
  'welcome-menus': 'wm',
  schedules: 'sc',
  inboxes: 'ib',
};
const NAMES: Readonly<Record<DirectoryKind, [one: string, many: string, schema: string]>> = {
  numbers: ['a number', 'numbers', 'Number'],
  departments: ['a department', 'departments', 'Department'],
  'ring-groups': ['a ring group', 'ring groups', 'RingGroup'],
  'welcome-menus': ['a welcome menu', 'welcome menus', 'WelcomeMenu'],
  schedules: ['a schedule', 'schedules', 'Schedule'],
  inboxes: ['an inbox', 'inboxes', 'Inbox'],
};
const EXAMPLES: Readonly<Partial<Record<DirectoryKind, object>>> = {
  numbers: {
    id: '+12125550199',
    carrier: 'twilio',
    carrierAccountId: 'main',
    destination: { kind: 'department', id: 'support' },
  },
  departments: { name: 'Billing', memberIds: ['ada', 'ben'] },
  'ring-groups': { name: 'On call', memberIds: ['cleo'], textsTo: { kind: 'member', userId: 'cleo' } },
};

/** What the audit trail calls them. */
const ACTS = {
  numbers: 'number',
  departments: 'department',
  'ring-groups': 'ring_group',
  'welcome-menus': 'welcome_menu',
  schedules: 'schedule',
  inboxes: 'inbox',
} as const satisfies Record<DirectoryKind, string>;

/** CRUD of one kind of directory record, which the routing service owns. */
function directoryController(kind: DirectoryKind): Type {
  const prefix = ID_PREFIX[kind];
  const record: z.ZodObject = DIRECTORY[kind];
  const id = record.shape.id as z.ZodType;
  const createBody = record.extend({ id: prefix === null ? id : id.optional() });
  const changeBody = changeOf(record.omit({ id: true }));
  const answer = answerOf(kind, record);
  const [one, many, schema] = NAMES[kind];
  const act = ACTS[kind];
  const fields = Object.keys(record.shape);
  name(answer, schema, { ...RECORDS[kind], revision: 3 });
  name(createBody, `New${schema}`, EXAMPLES[kind]);
  name(changeBody, `${schema}Change`);

  @Api(`admin/${kind}`, 'Administration')
  @Needs(kind === 'inboxes' ? 'manageInboxes' : 'manageRouting')
  class DirectoryController {
    constructor(private readonly services: Services) {}

    @Get()
    @Endpoint({ summary: `All ${many}`, answer: z.array(answer), refusals: ['FORBIDDEN'] })
    list(@Caller() me: Principal): Promise<Fields[]> {
      return this.services.query(ListDirectory, { ...asViewer(me), kind });
    }

    @Get(':id')
    @Endpoint({ summary: `Get ${one}`, answer, refusals: ['FORBIDDEN', 'NOT_FOUND'] })
    get(@Caller() me: Principal, @Param('id', { schema: idParam }) recordId: string): Promise<Fields> {
      return this.services.query(GetDirectoryRecord, { ...asViewer(me), kind, id: recordId });
    }

    @Post()
    @HttpCode(201)
    @Endpoint({
      summary: `Add ${one}`,
      answer,
      status: 201,
      description: 'What is there already, the same in every field, is answered as it is.',
      refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
      command: true,
      records: { type: `${act}.created`, fields },
    })
    create(
      @Caller() me: Principal,
      @CommandId() commandId: string,
      @Body({ schema: createBody }) body: Fields,
    ): Promise<Fields> {
      const named = prefix === null ? body : { ...body, id: body.id ?? madeId(prefix, me, commandId) };
      return this.services.command(CreateDirectoryRecord, { ...asViewer(me), kind, record: named });
    }

    @Patch(':id')
    @Endpoint({
      summary: `Change ${one}`,
      description:
        'Fields that are not given stay. With the `revision` that was on the screen it is refused (STALE) when ' +
        'somebody else was faster.',
      answer,
      refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'STALE', 'IN_USE'],
      records: { type: `${act}.changed`, fields },
    })
    change(
      @Caller() me: Principal,
      @Param('id', { schema: idParam }) recordId: string,
      @Body({ schema: changeBody }) body: Fields,
    ): Promise<Fields> {
      return this.services.command(UpdateDirectoryRecord, {
        ...asViewer(me),
        kind,
        id: recordId,
        record: body,
      });
    }

    @Delete(':id')
    @HttpCode(204)
    @Endpoint({
      summary: `Remove ${one}`,
      status: 204,
      refusals: ['FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
      records: { type: `${act}.removed` },
    })
    async remove(@Caller() me: Principal, @Param('id', { schema: idParam }) recordId: string): Promise<void> {
      await this.services.command(RemoveDirectoryRecord, { ...asViewer(me), kind, id: recordId });
    }
  }
  return Object.defineProperty(DirectoryController, 'name', { value: `${kind}-controller` });
}

/** What the routing service adds to a record that it shows. */
const answerOf = (kind: DirectoryKind, record: z.ZodObject): z.ZodObject =>
  record.extend({
    revision: z.int(),
    ...(kind === 'numbers' ? { inboxId: z.string().nullable() } : {}),
  });

/** All fields optional, and without their defaults: a field that is not given stays as it is. */
function changeOf(record: z.ZodObject): z.ZodObject {
  const fields = Object.entries(record.shape).map(([key, field]) => {
    const bare = field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : (field as z.ZodType);
    return [key, bare.optional()] as const;
  });
  return z.object({ ...Object.fromEntries(fields), revision: z.int().positive().optional() });
}

export const DIRECTORY_CONTROLLERS: readonly Type[] = (Object.keys(DIRECTORY) as DirectoryKind[]).map(
  directoryController,
);
