import { Readable } from 'node:stream';
import { HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  attachmentSchema,
  MOST_ATTACHMENT_BYTES,
  problemSchema,
  type Attachment,
} from '@partyline/contracts';
import type { FastifyRequest } from 'fastify';
import { AttachFile } from '../../../application/conversations/attach-file.js';
import { Refused } from '../../../application/refused.js';
import { GatewayConfig } from '../../../config.js';
import type { Principal } from '../../../domain/account.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { idParam } from '../params.js';
import { asViewer, Caller } from '../request.js';

const PATIENCE_MS = 60_000;
/** What a request with a file may call it; what it is, its bytes tell. */
const FILE_TYPES = [
  'image/*',
  'video/*',
  'audio/*',
  'application/pdf',
  'text/vcard',
  'application/octet-stream',
];

/** Files that go out with a reply: handed in here, kept by ingest, named by the reply. */
@Api('conversations/:id/attachments', 'Conversations')
@Needs('reply')
export class AttachmentsController {
  constructor(
    private readonly attachFile: AttachFile,
    private readonly config: GatewayConfig,
  ) {}

  @Post()
  @HttpCode(201)
  @Endpoint({
    summary: 'Hand in a file for a reply',
    description:
      'The body is the file itself: a picture, film, sound, PDF file or contact card of at most 5 MB. Name its id in ' +
      'the `media` of a reply within 24 hours; after that it is forgotten.',
    status: 201,
    takes: FILE_TYPES,
    answer: attachmentSchema,
    refusals: ['VALIDATION', 'FORBIDDEN', 'NOT_FOUND', 'TOO_LARGE'],
  })
  async attach(
    @Caller() me: Principal,
    @Req() request: FastifyRequest,
    @Param('id', { schema: idParam }) conversationId: string,
  ): Promise<Attachment> {
    const bytes = Number(request.headers['content-length'] ?? Number.NaN);
    if (!(request.body instanceof Readable) || !Number.isSafeInteger(bytes)) {
      throw new Refused('VALIDATION', 'Send the file itself, with its type (image/png) and its length.');
    }
    if (bytes > MOST_ATTACHMENT_BYTES) {
      throw new Refused('TOO_LARGE', `A file may have at most ${MOST_ATTACHMENT_BYTES / 1024 / 1024} MB.`);
    }
    const path = await this.attachFile.execute({ ...asViewer(me), conversationId });
    return this.handIn(path, request.body, bytes);
  }

  private async handIn(path: string, file: Readable, bytes: number): Promise<Attachment> {
    const answer = await fetch(new URL(path, this.config.hooksUrl), {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes) },
      body: Readable.toWeb(file),
      duplex: 'half',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    }).catch((): never => {
      throw new Refused('UNAVAILABLE', 'The file could not be kept at the moment.', { retryAfter: 5 });
    });
    const body: unknown = await answer.json().catch(() => null);
    const taken = attachmentSchema.safeParse(body);
    if (answer.ok && taken.success) return taken.data;
    const problem = problemSchema.safeParse(body);
    if (problem.success && answer.status < 500) throw new Refused(problem.data.code, problem.data.detail);
    throw new Refused('UNAVAILABLE', 'The file could not be kept at the moment.', { retryAfter: 5 });
  }
}
