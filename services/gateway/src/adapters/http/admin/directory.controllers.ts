import { Body, Delete, Get, HttpCode, Param, Patch, Post, Put, type Type } from '@nestjs/common';
import {
  CreateDirectoryRecord,
  DIRECTORY,
  GetDirectoryRecord,
  ListDirectory,
  RemoveDirectoryRecord,
  UpdateDirectoryRecord,
  type DirectoryKind,
} from '@partyline/contracts';
import { newId } from '@partyline/kernel';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

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
const NAMES: Readonly<Record<DirectoryKind, [one: string, many: string]>> = {
  numbers: ['a number', 'numbers'],
  departments: ['a department', 'departments'],
  'ring-groups': ['a ring group', 'ring groups'],
  'welcome-menus': ['a welcome menu', 'welcome menus'],
  schedules: ['a schedule', 'schedules'],
  inboxes: ['an inbox', 'inboxes'],
};

/** CRUD of one kind of directory record, which the routing service owns. */
function directoryController(kind: DirectoryKind): Type {
  const prefix = ID_PREFIX[kind];
  const record: z.ZodObject = DIRECTORY[kind];
  const id = record.shape.id as z.ZodType;
  const createBody = prefix === null ? record : record.extend({ id: id.optional() });
  const replaceBody = record.omit({ id: true });
  const changeBody = changeOf(replaceBody);
  const [one, many] = NAMES[kind];

  @Api(`admin/${kind}`, 'Administration')
  @Needs(kind === 'inboxes' ? 'manageInboxes' : 'manageRouting')
  class DirectoryController {
    constructor(private readonly services: Services) {}

    @Get()
    @Endpoint({ summary: `All ${many}`, answer: z.array(record), refusals: ['FORBIDDEN'] })
    list(@Caller() me: Principal): Promise<Fields[]> {
      return this.services.query(ListDirectory, { ...asViewer(me), kind });
    }

    @Get(':id')
    @Endpoint({ summary: `Get ${one}`, answer: record, refusals: ['FORBIDDEN', 'NOT_FOUND'] })
    get(@Caller() me: Principal, @Param('id', { schema: idParam }) recordId: string): Promise<Fields> {
      return this.services.query(GetDirectoryRecord, { ...asViewer(me), kind, id: recordId });
    }

    @Post()
    @HttpCode(201)
    @Endpoint({
      summary: `Add ${one}`,
      answer: record,
      status: 201,
      refusals: ['VALIDATION', 'FORBIDDEN', 'IN_USE'],
    })
    create(@Caller() me: Principal, @Body({ schema: createBody }) body: Fields): Promise<Fields> {
      const named = prefix === null ? body : { ...body, id: body.id ?? newId(prefix) };
      return this.services.command(CreateDirectoryRecord, { ...asViewer(me), kind, record: named });
    }

    @Put(':id')
    @Endpoint({
      summary: `Replace ${one}`,
      answer: record,
      refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    })
    replace(
      @Caller() me: Principal,
      @Param('id', { schema: idParam }) recordId: string,
      @Body({ schema: replaceBody }) body: Fields,
    ): Promise<Fields> {
      return this.update(me, recordId, body);
    }

    @Patch(':id')
    @Endpoint({
      summary: `Change some fields of ${one}`,
      answer: record,
      refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    })
    async change(
      @Caller() me: Principal,
      @Param('id', { schema: idParam }) recordId: string,
      @Body({ schema: changeBody }) body: Fields,
    ): Promise<Fields> {
      const current = await this.get(me, recordId);
      return await this.update(me, recordId, { ...current, ...body });
    }

    @Delete(':id')
    @HttpCode(204)
    @Endpoint({
      summary: `Remove ${one}`,
      status: 204,
      refusals: ['FORBIDDEN', 'NOT_FOUND', 'IN_USE'],
    })
    async remove(@Caller() me: Principal, @Param('id', { schema: idParam }) recordId: string): Promise<void> {
      await this.services.command(RemoveDirectoryRecord, { ...asViewer(me), kind, id: recordId });
    }

    private update(me: Principal, recordId: string, fields: Fields): Promise<Fields> {
      const named = { ...fields, id: recordId };
      return this.services.command(UpdateDirectoryRecord, {
        ...asViewer(me),
        kind,
        id: recordId,
        record: named,
      });
    }
  }
  return Object.defineProperty(DirectoryController, 'name', { value: `${kind}-controller` });
}

/** All fields optional, and without their defaults: a field that is not given stays as it is. */
function changeOf(record: z.ZodObject): z.ZodObject {
  const fields = Object.entries(record.shape).map(([name, field]) => {
    const bare = field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : (field as z.ZodType);
    return [name, bare.optional()] as const;
  });
  return z.object(Object.fromEntries(fields));
}

export const DIRECTORY_CONTROLLERS: readonly Type[] = (Object.keys(DIRECTORY) as DirectoryKind[]).map(
  directoryController,
);
