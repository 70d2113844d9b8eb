import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { FindUploads, SignMediaPath, SignUploadPath, type CallDefinition } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import { SignMedia } from '../../application/sign-media.js';
import { Uploads } from '../../application/uploads.js';

type Request<D> = D extends CallDefinition<infer Q> ? Q : never;

/** For the gateway, which checked who may see or send. */
@Controller()
export class MediaController {
  constructor(
    private readonly media: SignMedia,
    private readonly uploads: Uploads,
  ) {}

  @Answers(SignMediaPath)
  signMedia({ tenantId, accountId, mediaId, url }: Request<typeof SignMediaPath>) {
    return this.media.execute({ tenantId, accountId, mediaId, url });
  }

  @Answers(SignUploadPath)
  async signUpload({ tenantId, conversationId, userId }: Request<typeof SignUploadPath>) {
    return ok(this.uploads.sign({ tenantId, conversationId, userId }));
  }

  @Answers(FindUploads)
  findUploads({ tenantId, conversationId, mediaIds }: Request<typeof FindUploads>) {
    return this.uploads.find(tenantId, conversationId, mediaIds);
  }
}
