import { Get, Header, Query } from '@nestjs/common';
import { momentSchema } from '@partyline/contracts';
import { z } from 'zod';
import { ReadExport } from '../../../application/exports/read-export.js';
import type { Principal } from '../../../domain/account.js';
import type { Records } from '../audit/records.js';
import { Needs } from '../auth/permission.js';
import { RateBudget } from '../auth/rate.guard.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';
import type { CountedFile } from '../audit/counted-file.js';
import { AUDIT_COLUMNS, conversationColumns, OPT_OUT_COLUMNS } from './export-columns.js';
import { csvFile, ndjsonFile } from './export-stream.js';

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
const CONVERSATION_FILTERS = Object.keys(conversationsQuery.shape);
const AUDIT_FILTERS = Object.keys(auditQuery.shape);
/** Who took which file, with which filters, and how much of it. */
const exported = (target: string, fields: string[] = []): Records => ({
  type: 'export.made',
  target,
  fields,
});

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
    records: exported('conversations.csv', CONVERSATION_FILTERS),
  })
  async conversationsCsv(
    @Caller() me: Principal,
    @Query({ schema: conversationsQuery }) query: ConversationsQuery,
  ): Promise<CountedFile> {
    const [rows, nameOf] = [await this.conversations(me, query), await this.read.tagNames(asViewer(me))];
    return csvFile('conversations.csv', rows, conversationColumns(nameOf));
  }

  @Get('conversations.ndjson')
  @Needs('export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'All conversations of the inboxes that I see, one JSON document a line',
    description: '`from` and `to` are about the latest activity.',
    raw: ['application/x-ndjson'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
    records: exported('conversations.ndjson', CONVERSATION_FILTERS),
  })
  async conversationsNdjson(
    @Caller() me: Principal,
    @Query({ schema: conversationsQuery }) query: ConversationsQuery,
  ): Promise<CountedFile> {
    return ndjsonFile('conversations.ndjson', await this.conversations(me, query));
  }

  @Get('audit.csv')
  @Needs('viewAudit', 'export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'Who did what, newest first, as CSV',
    description: GUARDED,
    raw: ['text/csv'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
    records: exported('audit.csv', AUDIT_FILTERS),
  })
  async auditCsv(
    @Caller() me: Principal,
    @Query({ schema: auditQuery }) query: AuditQuery,
  ): Promise<CountedFile> {
    return csvFile('audit.csv', await this.audit(me, query), AUDIT_COLUMNS);
  }

  @Get('audit.ndjson')
  @Needs('viewAudit', 'export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'Who did what, newest first, one JSON document a line',
    raw: ['application/x-ndjson'],
    refusals: ['VALIDATION', 'FORBIDDEN'],
    records: exported('audit.ndjson', AUDIT_FILTERS),
  })
  async auditNdjson(
    @Caller() me: Principal,
    @Query({ schema: auditQuery }) query: AuditQuery,
  ): Promise<CountedFile> {
    return ndjsonFile('audit.ndjson', await this.audit(me, query));
  }

  @Get('opt-outs.csv')
  @Needs('manageRouting', 'export')
  @Header('cache-control', 'no-store')
  @Endpoint({
    summary: 'Who must not be texted from which of our numbers, newest first, as CSV',
    description: GUARDED,
    raw: ['text/csv'],
    refusals: ['FORBIDDEN'],
    records: exported('opt-outs.csv'),
  })
  async optOutsCsv(@Caller() me: Principal): Promise<CountedFile> {
    return csvFile('opt-outs.csv', await this.read.optOuts(asViewer(me)), OPT_OUT_COLUMNS);
  }

  private conversations(me: Principal, { userId: ownerId, ...filter }: ConversationsQuery) {
    return this.read.conversations(asViewer(me), { ...filter, ownerId });
  }

  private audit(me: Principal, { userId: actorId, ...filter }: AuditQuery) {
    return this.read.audit(asViewer(me), { ...filter, actorId });
  }
}
