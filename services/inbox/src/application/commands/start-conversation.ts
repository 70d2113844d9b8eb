import { Injectable } from '@nestjs/common';
import type { CommandAccepted, StartConversation as Call } from '@partyline/contracts';
import { conversationId } from '@partyline/kernel';
import type { NumberRoute } from '../../domain/directory.js';
import { canSee, type Inbox } from '../../domain/inbox.js';
import { notFound, refused, type Answer, type RequestOf } from '../answer.js';
import { Consents } from '../consents.js';
import { Contacts } from '../contacts.js';
import { DirectoryStore } from '../directory-store.js';
import { PhoneNumbers } from '../phone-numbers.js';
import { Desk } from './desk.js';
import { outboundMessageId } from './outbound-message-id.js';

type Request = RequestOf<typeof Call>;

/** We write first, from one of the inbox's numbers. */
@Injectable()
export class StartConversation {
  constructor(
    private readonly desk: Desk,
    private readonly directories: DirectoryStore,
    private readonly consents: Consents,
    private readonly contacts: Contacts,
    private readonly phoneNumbers: PhoneNumbers,
  ) {}

  async execute(request: Request): Promise<Answer<CommandAccepted>> {
    const directory = await this.directories.of(request.tenantId);
    const inbox = directory.inboxes.get(request.inboxId);
    if (!inbox || !canSee(directory.people.get(request.userId), inbox)) return notFound();
    const routes = directory.numbersOf(inbox.id);
    const route = routes.find(({ number }) => request.number === undefined || number === request.number);
    if (!route) return refused(noNumber(request, inbox));
    const to = this.phoneNumbers.normalize(request.to, route.number);
    if (to === null) {
      return refused({
        code: 'VALIDATION',
        message: `"${request.to}" is no phone number: write it with its country, like +12125550123.`,
      });
    }
    return this.writeTo(to, route, inbox, request);
  }

  private async writeTo(
    to: string,
    route: NumberRoute,
    inbox: Inbox,
    request: Request,
  ): Promise<Answer<CommandAccepted>> {
    const { tenantId, userId: by, clientMessageId, text } = request;
    const { number, carrier, accountId } = route;
    const [optOuts, names] = await Promise.all([
      this.consents.optOuts(tenantId, number, [to]),
      this.contacts.names(tenantId, [to]),
    ]);
    const id = conversationId(tenantId, inbox.id, number, [to]);
    const messageId = outboundMessageId({ ...request, conversationId: id });
    return this.desk.carryOut(
      { ...request, conversationId: id },
      {
        type: 'start',
        by,
        optOuts,
        place: { conversationId: id, number, peers: [to], contactName: names.get(to) ?? null },
        channel: { carrier, accountId },
        draft: { messageId, clientMessageId, text, media: [] },
      },
      { messageId, opens: inbox },
    );
  }
}

const noNumber = ({ number }: Request, inbox: Inbox) => ({
  code: 'VALIDATION' as const,
  message:
    number === undefined
      ? `No number is routed to ${inbox.name}, so nothing can be sent from it. An Admin can route one there.`
      : `${number} is not a number of ${inbox.name}.`,
});
