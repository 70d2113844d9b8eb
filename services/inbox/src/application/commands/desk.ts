import { Injectable } from '@nestjs/common';
import type { CommandAccepted, Viewer } from '@partyline/contracts';
import { Clock, fail, failpoint } from '@partyline/kernel';
import type { PersonCommand } from '../../domain/commands.js';
import { decide } from '../../domain/decide/decide.js';
import type { Directory } from '../../domain/directory.js';
import { NOT_FOUND } from '../../domain/errors.js';
import { canSee, type Inbox } from '../../domain/inbox.js';
import { viewOf } from '../../domain/viewer.js';
import { answer, notFound, refusalOf, refused, type Answer } from '../answer.js';
import { DirectoryStore } from '../directory-store.js';
import {
  ConversationLog,
  OutcomeUnknown,
  TooContended,
  type AppendOutcome,
} from '../log/conversation-log.js';

/** A person's command on one conversation, as it comes over the bus. */
export type PersonRequest = Viewer & { readonly conversationId: string; readonly commandId: string };

export interface CarryOutOptions {
  /** The text that the command sends; a repeat of it is answered as the first was. */
  readonly messageId?: string;
  /** Where the conversation is opened if there is none. */
  readonly opens?: Pick<Inbox, 'id' | 'kind'>;
}

/** Where all commands of people come in: who asks, what the log makes of it, and what they are told. */
@Injectable()
export class Desk {
  constructor(
    private readonly log: ConversationLog,
    private readonly directories: DirectoryStore,
    private readonly clock: Clock,
  ) {}

  async carryOut(
    request: PersonRequest,
    command: PersonCommand,
    options: CarryOutOptions = {},
  ): Promise<Answer<CommandAccepted>> {
    const directory = await this.directories.of(request.tenantId);
    const viewer = directory.people.get(request.userId);
    if (!viewer) return notFound();
    const { opens } = options;
    try {
      failpoint('inbox.command-taken');
      const outcome = await this.log.append({
        ref: { tenantId: request.tenantId, conversationId: request.conversationId },
        actor: { kind: 'user', id: viewer.id, name: viewer.name },
        at: this.clock.now().toISOString(),
        origin: { correlationId: request.correlationId },
        // Nobody is answered with what another, or another command of theirs, did under the same key.
        commandId: `${viewer.id}:${command.type}:${request.commandId}`,
        ...(options.messageId === undefined ? {} : { messageId: options.messageId }),
        ...(opens ? { inbox: { id: opens.id, kind: opens.kind } } : {}),
        decide: (state) => {
          const inbox = state.status === 'none' ? opens : { id: state.inboxId, kind: state.inboxKind };
          return inbox ? decide(state, command, directory.around(inbox)) : fail(NOT_FOUND);
        },
      });
      failpoint('inbox.command-committed');
      return accepted(outcome, directory, viewer.id);
    } catch (error) {
      return unanswered(error);
    }
  }
}

function accepted(outcome: AppendOutcome, directory: Directory, userId: string): Answer<CommandAccepted> {
  const { state } = outcome;
  if (state.status === 'none') return outcome.kind === 'refused' ? refused(outcome.error) : notFound();
  const { inbox } = directory.around({ id: state.inboxId, kind: state.inboxKind });
  const viewer = directory.people.get(userId);
  if (!canSee(viewer, inbox)) return notFound();
  if (outcome.kind === 'refused') return refused(refusalOf(outcome.error, state));
  return answer({
    conversation: viewOf(state, viewer, inbox, outcome.cursors[userId] ?? 0),
    seq: outcome.kind === 'unchanged' ? state.seq : outcome.entry.seq,
  });
}

function unanswered(error: unknown): Answer<never> {
  if (error instanceof OutcomeUnknown) {
    return refused({
      code: 'OUTCOME_UNKNOWN',
      message:
        'The database did not say whether this was done. Look again in a moment, or send the same request again.',
    });
  }
  if (error instanceof TooContended) {
    return refused({ code: 'UNAVAILABLE', message: 'Too many people work on this conversation. Try again.' });
  }
  throw error;
}
