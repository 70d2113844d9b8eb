import { Get, Header, Query, StreamableFile } from '@nestjs/common';
import { momentSchema } from '@partyline/contracts';
import { z } from 'zod';
import { ReadExport } from '../../../application/exports/read-export.js';
import type { Principal } from '../../../domain/account.js';
import { Needs } from '../auth/permission.js';
import { RateBudget } from '../auth/rate.guard.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';
import { AUDIT_COLUMNS, conversationColumns, OPT_OUT_COLUMNS } from './export-columns.js';
import { asCsv, asNdjson } from './export-stream.js';

const CSV = 'text/csv; charset=utf-8';
const NDJSON = 'application/x-ndjson; charset=utf-8';

const place = {
  inboxId: z.string().max(128).optional(),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
};
const conversationsQuery = z.object({
  ...place,
  /** Whose they are now. */
  userId: z.string().max(64).optional(),
  status: z.enum(['open', 'done']).optional(),
});
const auditQuery = z.object({
  ...place,
  userId: z.string().max(64).optional(),
  type: z.string().max(64).optional(),
});
type ConversationsQuery = z.infer<typeof conversationsQuery>;
type AuditQuery = z.infer<typeof auditQuery>;

const GUARDED =
  'Cells that a spreadsheet would take for a formula begin with an apostrophe; NDJSON has everything as it is.';
const attachment = (name: string): string => `attachment; filename="partyline-${name}"`;

/** Copies of everything that somebody may see, as files of any size. */
@Api('exports', 'Exports')
@RateBudget('export')
export class ExportsController {
  constructor(private readonly read: ReadExport) {}

  @Get('conversations.csv')
  @Needs('export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'All conversations of the inboxes that I see, as CSV',
    description: `\`from\` and \`to\` are about the latest activity. ${GUARDED}`,
    raw: ['text/csv'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  async conversationsCsv(
    @Caller() me: Principal,
    @Query({ schema: conversationsQuery }) query: ConversationsQuery,
  ): Promise<StreamableFile> {
    const [rows, nameOf] = [await this.conversations(me, query), await this.read.tagNames(asViewer(me))];
    const csv = asCsv(rows, conversationColumns(nameOf));
    return new StreamableFile(csv, { type: CSV, disposition: attachment('conversations.csv') });
  }

  @Get('conversations.ndjson')
  @Needs('export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'All conversations of the inboxes that I see, one JSON document a line',
    description: '`from` and `to` are about the latest activity.',
    raw: ['application/x-ndjson'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  async conversationsNdjson(
    @Caller() me: Principal,
    @Query({ schema: conversationsQuery }) query: ConversationsQuery,
  ): Promise<StreamableFile> {
    const lines = asNdjson(await this.conversations(me, query));
    return new StreamableFile(lines, { type: NDJSON, disposition: attachment('conversations.ndjson') });
  }

  @Get('audit.csv')
  @Needs('viewAudit', 'export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'Who did what, newest first, as CSV',
    description: GUARDED,
    raw: ['text/csv'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  async auditCsv(
    @Caller() me: Principal,
    @Query({ schema: auditQuery }) query: AuditQuery,
  ): Promise<StreamableFile> {
    const csv = asCsv(await this.audit(me, query), AUDIT_COLUMNS);
    return new StreamableFile(csv, { type: CSV, disposition: attachment('audit.csv') });
  }

  @Get('audit.ndjson')
  @Needs('viewAudit', 'export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'Who did what, newest first, one JSON document a line',
    raw: ['application/x-ndjson'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  async auditNdjson(
    @Caller() me: Principal,
    @Query({ schema: auditQuery }) query: AuditQuery,
  ): Promise<StreamableFile> {
    const lines = asNdjson(await this.audit(me, query));
    return new StreamableFile(lines, { type: NDJSON, disposition: attachment('audit.ndjson') });
  }

  @Get('opt-outs.csv')
  @Needs('manageRouting', 'export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'Who must not be texted from which of our numbers, newest first, as CSV',
    description: GUARDED,
    raw: ['text/csv'],
    refusals: ['FORBIDDEN'],
  })
  async optOutsCsv(@Caller() me: Principal): Promise<StreamableFile> {
    const csv = asCsv(await this.read.optOuts(asViewer(me)), OPT_OUT_COLUMNS);
    return new StreamableFile(csv, { type: CSV, disposition: attachment('opt-outs.csv') });
  }

  private conversations(me: Principal, { userId: ownerId, ...filter }: ConversationsQuery) {
    return this.read.conversations(asViewer(me), { ...filter, ownerId });
  }

  private audit(me: Principal, { userId: actorId, ...filter }: AuditQuery) {
    return this.read.audit(asViewer(me), { ...filter, actorId });
  }
}
