import { Injectable } from '@nestjs/common';
import type { CommandAccepted, TagConversation as Call } from '@partyline/contracts';
import type { Answer, RequestOf } from '../answer.js';
import { Tags } from '../tags.js';
import { Desk } from './desk.js';

/** Puts tags on a conversation and takes tags off it. */
@Injectable()
export class TagConversation {
  constructor(
    private readonly desk: Desk,
    private readonly tags: Tags,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<CommandAccepted>> {
    const { tenantId, userId: by, add, remove } = request;
    const known = new Map((await this.tags.of(tenantId)).map((tag) => [tag.id, tag]));
    return this.desk.carryOut(request, { type: 'tag', by, add, remove, known });
  }
}
