import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import {
  ChangeContact as ChangeContactCall,
  CreateContact as CreateContactCall,
  EraseContact as EraseContactCall,
  GetContact as GetContactCall,
  ListContactConversations as ListContactConversationsCall,
  ListContacts as ListContactsCall,
  MergeContacts as MergeContactsCall,
  SeparateContacts as SeparateContactsCall,
} from '@partyline/contracts';
import type { RequestOf } from '../../application/answer.js';
import { ChangeContact } from '../../application/contact/change-contact.js';
import { CreateContact } from '../../application/contact/create-contact.js';
import { EraseContact } from '../../application/contact/erase-contact.js';
import { GetContact } from '../../application/contact/get-contact.js';
import { ListContactConversations } from '../../application/contact/list-contact-conversations.js';
import { ListContacts } from '../../application/contact/list-contacts.js';
import { MergeContacts } from '../../application/contact/merge-contacts.js';
import { SeparateContacts } from '../../application/contact/separate-contacts.js';
import { reachable } from './reachable.js';

/** Who the customers are. */
@Controller()
export class ContactsController {
  constructor(
    private readonly listContacts: ListContacts,
    private readonly getContact: GetContact,
    private readonly listContactConversations: ListContactConversations,
    private readonly createContact: CreateContact,
    private readonly changeContact: ChangeContact,
    private readonly mergeContacts: MergeContacts,
    private readonly separateContacts: SeparateContacts,
    private readonly eraseContact: EraseContact,
  ) {}

  @Answers(ListContactsCall)
  contacts(request: RequestOf<typeof ListContactsCall>) {
    return reachable(this.listContacts.execute(request));
  }

  @Answers(GetContactCall)
  contact(request: RequestOf<typeof GetContactCall>) {
    return reachable(this.getContact.execute(request));
  }

  @Answers(ListContactConversationsCall)
  history(request: RequestOf<typeof ListContactConversationsCall>) {
    return reachable(this.listContactConversations.execute(request));
  }

  @Answers(CreateContactCall)
  create(request: RequestOf<typeof CreateContactCall>) {
    return reachable(this.createContact.execute(request));
  }

  @Answers(ChangeContactCall)
  change(request: RequestOf<typeof ChangeContactCall>) {
    return reachable(this.changeContact.execute(request));
  }

  @Answers(MergeContactsCall)
  merge(request: RequestOf<typeof MergeContactsCall>) {
    return reachable(this.mergeContacts.execute(request));
  }

  @Answers(SeparateContactsCall)
  separate(request: RequestOf<typeof SeparateContactsCall>) {
    return reachable(this.separateContacts.execute(request));
  }

  @Answers(EraseContactCall)
  erase(request: RequestOf<typeof EraseContactCall>) {
    return reachable(this.eraseContact.execute(request));
  }
}
