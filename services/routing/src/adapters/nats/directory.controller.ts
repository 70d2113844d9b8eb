import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  CreateDirectoryRecord,
  GetDirectoryRecord,
  ListDirectory,
  RemoveDirectoryRecord,
  UpdateDirectoryRecord,
} from '@partyline/contracts';
import type { z } from 'zod';
import { CreateRecord } from '../../application/create-directory-record.js';
import { FindDirectoryRecord } from '../../application/get-directory-record.js';
import { ListDirectoryRecords } from '../../application/list-directory.js';
import { RemoveRecord } from '../../application/remove-directory-record.js';
import { UpdateRecord } from '../../application/update-directory-record.js';

type Request<C extends { readonly request: z.ZodType }> = z.infer<C['request']>;
type Answer<C extends { readonly answer: z.ZodType }> = Promise<z.infer<C['answer']>>;

/** The Admin's records. The gateway has checked that the caller may manage routing or inboxes. */
@Controller()
export class DirectoryController {
  constructor(
    private readonly listRecords: ListDirectoryRecords,
    private readonly findRecord: FindDirectoryRecord,
    private readonly createRecord: CreateRecord,
    private readonly updateRecord: UpdateRecord,
    private readonly removeRecord: RemoveRecord,
  ) {}

  @Answers(ListDirectory)
  async list({ tenantId, kind }: Request<typeof ListDirectory>): Answer<typeof ListDirectory> {
    return { ok: true, value: await this.listRecords.execute(tenantId, kind) };
  }

  @Answers(GetDirectoryRecord)
  get({ tenantId, kind, id }: Request<typeof GetDirectoryRecord>): Answer<typeof GetDirectoryRecord> {
    return this.findRecord.execute(tenantId, kind, id);
  }

  @Answers(CreateDirectoryRecord)
  create({
    tenantId,
    kind,
    record,
  }: Request<typeof CreateDirectoryRecord>): Answer<typeof CreateDirectoryRecord> {
    return this.createRecord.execute(tenantId, kind, record);
  }

  @Answers(UpdateDirectoryRecord)
  update(request: Request<typeof UpdateDirectoryRecord>): Answer<typeof UpdateDirectoryRecord> {
    return this.updateRecord.execute(request.tenantId, request.kind, request.id, request.record);
  }

  @Answers(RemoveDirectoryRecord)
  remove({
    tenantId,
    kind,
    id,
  }: Request<typeof RemoveDirectoryRecord>): Answer<typeof RemoveDirectoryRecord> {
    return this.removeRecord.execute(tenantId, kind, id);
  }
}
