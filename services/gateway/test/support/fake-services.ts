import { Controller, Module, type Type } from '@nestjs/common';
import { Answers, BusModule, EventPublisher } from '@partyline/bus';
import {
  AddNote,
  AddSpareSecret,
  AssignConversation,
  ChangeContact,
  ChangeTag,
  ChangeTemplate,
  ClaimConversation,
  CompleteConversation,
  CreateContact,
  CreateTag,
  RotateWebhookSecret,
  CreateWebhook,
  CreateCarrierAccount,
  CreateTemplate,
  ListTags,
  SnoozeConversation,
  TagConversation,
  WakeConversation,
  CreateDirectoryRecord,
  ExplainRoute,
  ExportConversations,
  FindMedia,
  GetConversation,
  GetCounts,
  GetDirectoryRecord,
  GetReplyPrice,
  GetTimeline,
  ListAudit,
  ListContacts,
  ListConversations,
  ListDirectory,
  ListInboxes,
  ListInboxMembers,
  ListInboxTemplates,
  ListTemplates,
  RemoveTemplate,
  ListNotifications,
  ListReconciliations,
  EraseContact,
  MergeContacts,
  Reconcile,
  PromoteSpareSecret,
  StartRecording,
  StopRecording,
  GetRecording,
  GetRecordedRequest,
  ListCarriers,
  TryMapping,
  ReplyToConversation,
  RetireSpareSecret,
  SignMediaPath,
  SignUploadPath,
  FindUploads,
  GetSendingHealth,
  ListAccountAlerts,
  ListOptOuts,
  SetConsents,
  GetConsentSettings,
  ChangeConsentSettings,
  GetContactTime,
  GetQuietHours,
  ChangeQuietHours,
  TraceMessage,
  TraceReceipt,
  TransferConversation,
  UpdateDirectoryRecord,
  type CallDefinition,
  type ServiceName,
  type StreamName,
} from '@partyline/contracts';
import { ObservabilityModule } from '@partyline/observability';
import { startService, type RunningService, type TestNats } from '@partyline/testing';

type Handler = (request: Record<string, unknown>) => unknown;

const CALLS: readonly CallDefinition<never, never>[] = [
  ListInboxes,
  ListInboxMembers,
  ListInboxTemplates,
  ListTemplates,
  RemoveTemplate,
  GetTimeline,
  ChangeTag,
  CreateTag,
  RotateWebhookSecret,
  CreateWebhook,
  CreateCarrierAccount,
  ListTags,
  TagConversation,
  AddNote,
  ChangeContact,
  ChangeTemplate,
  CreateContact,
  CreateTemplate,
  ListContacts,
  ListConversations,
  EraseContact,
  MergeContacts,
  GetCounts,
  GetConversation,
  ClaimConversation,
  AssignConversation,
  TransferConversation,
  CompleteConversation,
  SnoozeConversation,
  WakeConversation,
  ReplyToConversation,
  FindMedia,
  TraceMessage,
  ListAudit,
  ExportConversations,
  ListDirectory,
  GetDirectoryRecord,
  GetReplyPrice,
  CreateDirectoryRecord,
  UpdateDirectoryRecord,
  ExplainRoute,
  GetSendingHealth,
  ListAccountAlerts,
  ListOptOuts,
  SetConsents,
  GetConsentSettings,
  ChangeConsentSettings,
  GetContactTime,
  GetQuietHours,
  ChangeQuietHours,
  SignMediaPath,
  SignUploadPath,
  FindUploads,
  TraceReceipt,
  ListNotifications,
  ListReconciliations,
  Reconcile,
  AddSpareSecret,
  PromoteSpareSecret,
  StartRecording,
  StopRecording,
  GetRecording,
  GetRecordedRequest,
  ListCarriers,
  TryMapping,
  RetireSpareSecret,
] as unknown as readonly CallDefinition<never, never>[];

/** What the other services were asked, and what they answer: a test says it, everything else is NOT_FOUND. */
export class Script {
  readonly asked: { readonly pattern: string; readonly request: Record<string, unknown> }[] = [];
  private readonly handlers = new Map<string, Handler>();

  /** `value`: a function of the request gives the value of an `ok` answer. */
  answer<Q, V>(
    definition: CallDefinition<Q, { ok: true; value: V } | { ok: false }>,
    value: (request: Q) => V | Promise<V>,
  ): void {
    this.handlers.set(definition.pattern, async (request) => ({
      ok: true,
      value: await value(request as Q),
    }));
  }

  refuse<Q, A>(definition: CallDefinition<Q, A>, error: object): void {
    this.handlers.set(definition.pattern, () => ({ ok: false, error }));
  }

  handle(pattern: string, request: Record<string, unknown>): unknown {
    this.asked.push({ pattern, request });
    const handler = this.handlers.get(pattern);
    return (
      handler?.(request) ?? { ok: false, error: { code: 'NOT_FOUND', message: 'There is no such thing.' } }
    );
  }

  /** The requests of one kind, in order. */
  requests<Q, A>(definition: CallDefinition<Q, A>): Q[] {
    return this.asked
      .filter(({ pattern }) => pattern === definition.pattern)
      .map(({ request }) => request as Q);
  }
}

/** A real service on the real bus, as its user, that answers by a script. */
function answererModule(service: ServiceName, publishes: StreamName, nats: TestNats, script: Script): Type {
  class AnswersController {}
  for (const definition of CALLS.filter((call) => call.service === service)) {
    const method = definition.pattern;
    const descriptor = {
      value: (request: Record<string, unknown>) => Promise.resolve(script.handle(method, request)),
      writable: true,
      configurable: true,
    };
    Object.defineProperty(AnswersController.prototype, method, descriptor);
    Answers(definition)(AnswersController.prototype, method, descriptor as never);
    Object.defineProperty(AnswersController.prototype, method, descriptor);
  }
  Controller()(AnswersController);

  @Module({
    imports: [
      ObservabilityModule.forRoot({ service }),
      BusModule.forRoot({ service, natsUrl: nats.urls[service], publishes }),
    ],
    controllers: [AnswersController],
  })
  class AnswererModule {}
  return AnswererModule;
}

export interface FakeService {
  readonly running: RunningService;
  readonly publisher: EventPublisher;
}

const startFake = async (
  service: 'inbox' | 'routing' | 'ingest' | 'delivery' | 'notify',
  nats: TestNats,
  script: Script,
): Promise<FakeService> => {
  const running = await startService(
    () => Promise.resolve(answererModule(service, service, nats, script)),
    {},
  );
  return { running, publisher: running.app.get(EventPublisher, { strict: false }) };
};

export type FakeServices = Readonly<
  Record<'inbox' | 'routing' | 'ingest' | 'delivery' | 'notify', FakeService>
>;

export async function startFakeServices(nats: TestNats, script: Script): Promise<FakeServices> {
  const [inbox, routing, ingest, delivery, notify] = await Promise.all([
    startFake('inbox', nats, script),
    startFake('routing', nats, script),
    startFake('ingest', nats, script),
    startFake('delivery', nats, script),
    startFake('notify', nats, script),
  ]);
  return { inbox, routing, ingest, delivery, notify };
}
