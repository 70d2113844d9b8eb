import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ChangeTag, CreateTag, ListTags, TagConversation as TagConversationCall } from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { TagConversation } from '../../application/commands/tag-conversation.js';
import { ManageTags } from '../../application/tag/manage-tags.js';
import { reachable } from './reachable.js';

/** Words for conversations, and which conversation has which. */
@Controller()
export class TagsController {
  constructor(
    private readonly tags: ManageTags,
    private readonly tagConversation: TagConversation,
  ) {}

  @Answers(ListTags)
  list(request: RequestOf<typeof ListTags>) {
    return reachable(this.tags.list(request));
  }

  @Answers(CreateTag)
  create(request: RequestOf<typeof CreateTag>) {
    return reachable(this.tags.create(request));
  }

  @Answers(ChangeTag)
  change(request: RequestOf<typeof ChangeTag>) {
    return reachable(this.tags.change(request));
  }

  @Answers(TagConversationCall)
  tag(request: RequestOf<typeof TagConversationCall>) {
    return reachable(this.tagConversation.execute(request));
  }
}
