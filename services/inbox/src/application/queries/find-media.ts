import { Injectable } from '@nestjs/common';
import type { FindMedia as Call, Media } from '@partyline/contracts';
import type { Channel } from '../../domain/conversation.js';
import { answer, notFound, refused, type Answer, type RequestOf } from '../answer.js';
import { Timeline } from '../timeline.js';
import { Sight } from './sight.js';

/** Where a picture of a conversation lies, for who may see the conversation. */
@Injectable()
export class FindMedia {
  constructor(
    private readonly sight: Sight,
    private readonly timeline: Timeline,
  ) {}

  async execute(request: RequestOf<typeof Call>): Promise<Answer<Media & Channel>> {
    if (!(await this.sight.conversation(request, request.conversationId))) return notFound();
    const media = await this.timeline.findMedia(request, request.mediaId);
    if (media) return answer(media);
    return refused({ code: 'NOT_FOUND', message: 'This conversation has no such picture.' });
  }
}
