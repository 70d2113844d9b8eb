import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ListInboxes as ListInboxesCall,
  GetCounts as GetCountsCall,
  ListInboxMembers as ListInboxMembersCall,
  ListConversations as ListConversationsCall,
  GetConversation as GetConversationCall,
  GetTimeline as GetTimelineCall,
} from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ListInboxes } from '../../application/queries/list-inboxes.js';
import { GetCounts } from '../../application/queries/get-counts.js';
import { ListInboxMembers } from '../../application/queries/list-inbox-members.js';
import { ListConversations } from '../../application/queries/list-conversations.js';
import { GetConversation } from '../../application/queries/get-conversation.js';
import { GetTimeline } from '../../application/queries/get-timeline.js';
import { reachable } from './reachable.js';

/** Queries behind the screens of the inbox. */
@Controller()
export class ListsController {
  constructor(
    private readonly listInboxes: ListInboxes,
    private readonly getCounts: GetCounts,
    private readonly listInboxMembers: ListInboxMembers,
    private readonly listConversations: ListConversations,
    private readonly getConversation: GetConversation,
    private readonly getTimeline: GetTimeline,
  ) {}

  @Answers(ListInboxesCall)
  inboxes(request: RequestOf<typeof ListInboxesCall>) {
    return reachable(this.listInboxes.execute(request));
  }

  @Answers(GetCountsCall)
  counts(request: RequestOf<typeof GetCountsCall>) {
    return reachable(this.getCounts.execute(request));
  }

  @Answers(ListInboxMembersCall)
  members(request: RequestOf<typeof ListInboxMembersCall>) {
    return reachable(this.listInboxMembers.execute(request));
  }

  @Answers(ListConversationsCall)
  conversations(request: RequestOf<typeof ListConversationsCall>) {
    return reachable(this.listConversations.execute(request));
  }

  @Answers(GetConversationCall)
  conversation(request: RequestOf<typeof GetConversationCall>) {
    return reachable(this.getConversation.execute(request));
  }

  @Answers(GetTimelineCall)
  thread(request: RequestOf<typeof GetTimelineCall>) {
    return reachable(this.getTimeline.execute(request));
  }
}
