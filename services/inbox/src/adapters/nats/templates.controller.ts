import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ChangeTemplate,
  CreateTemplate,
  ListInboxTemplates as ListInboxTemplatesCall,
  ListTemplates,
  RemoveTemplate,
} from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ListInboxTemplates } from '../../application/template/list-inbox-templates.js';
import { ManageTemplates } from '../../application/template/manage-templates.js';
import { reachable } from './reachable.js';

/** What people answer again and again. */
@Controller()
export class TemplatesController {
  constructor(
    private readonly listInboxTemplates: ListInboxTemplates,
    private readonly templates: ManageTemplates,
  ) {}

  @Answers(ListInboxTemplatesCall)
  ofInbox(request: RequestOf<typeof ListInboxTemplatesCall>) {
    return reachable(this.listInboxTemplates.execute(request));
  }

  @Answers(ListTemplates)
  list(request: RequestOf<typeof ListTemplates>) {
    return reachable(this.templates.list(request));
  }

  @Answers(CreateTemplate)
  create(request: RequestOf<typeof CreateTemplate>) {
    return reachable(this.templates.create(request));
  }

  @Answers(ChangeTemplate)
  change(request: RequestOf<typeof ChangeTemplate>) {
    return reachable(this.templates.change(request));
  }

  @Answers(RemoveTemplate)
  remove(request: RequestOf<typeof RemoveTemplate>) {
    return reachable(this.templates.remove(request));
  }
}
