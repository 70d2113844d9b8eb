import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ExportConversations as ExportConversationsCall,
  FindMedia as FindMediaCall,
  Search,
  TraceMessage as TraceMessageCall,
  ListAudit as ListAuditCall,
  ListWaiting as ListWaitingCall,
} from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ExportConversations } from '../../application/queries/export-conversations.js';
import { FindMedia } from '../../application/queries/find-media.js';
import { SearchEverything } from '../../application/queries/search-everything.js';
import { TraceMessage } from '../../application/queries/trace-message.js';
import { ListAudit } from '../../application/queries/list-audit.js';
import { ListWaiting } from '../../application/queries/list-waiting.js';
import { reachable } from './reachable.js';

/** Queries that look something up. */
@Controller()
export class LookupsController {
  constructor(
    private readonly findMedia: FindMedia,
    private readonly searchEverything: SearchEverything,
    private readonly traceMessage: TraceMessage,
    private readonly listAudit: ListAudit,
    private readonly listWaiting: ListWaiting,
    private readonly exportConversations: ExportConversations,
  ) {}

  @Answers(FindMediaCall)
  media(request: RequestOf<typeof FindMediaCall>) {
    return reachable(this.findMedia.execute(request));
  }

  @Answers(Search)
  search(request: RequestOf<typeof Search>) {
    return reachable(this.searchEverything.execute(request));
  }

  @Answers(TraceMessageCall)
  trace(request: RequestOf<typeof TraceMessageCall>) {
    return reachable(this.traceMessage.execute(request));
  }

  @Answers(ListAuditCall)
  audit(request: RequestOf<typeof ListAuditCall>) {
    return reachable(this.listAudit.execute(request));
  }

  @Answers(ExportConversationsCall)
  export(request: RequestOf<typeof ExportConversationsCall>) {
    return reachable(this.exportConversations.execute(request));
  }

  @Answers(ListWaitingCall)
  waiting(request: RequestOf<typeof ListWaitingCall>) {
    return reachable(this.listWaiting.execute(request));
  }
}
