import { Module } from '@nestjs/common';
import { BusModule } from '@partyline/bus';
import { Clock, SystemClock } from '@partyline/kernel';
import { MongoModule } from '@partyline/mongo';
import { ObservabilityModule } from '@partyline/observability';
import { LibPhoneNumbers } from './adapters/lib-phone-numbers.js';
import { LibTimeZones } from './adapters/lib-time-zones.js';
import { InboxDatabase } from './adapters/mongo/inbox-database.js';
import { migrations, requiredIndexes } from './adapters/mongo/indexes.js';
import { MongoBookkeeping } from './adapters/mongo/mongo-bookkeeping.js';
import { MongoConsents } from './adapters/mongo/mongo-consents.js';
import { MongoContacts } from './adapters/mongo/mongo-contacts.js';
import { MongoConversationList } from './adapters/mongo/mongo-conversation-list.js';
import { MongoConversationLog } from './adapters/mongo/mongo-conversation-log.js';
import { MongoDirectoryStore } from './adapters/mongo/mongo-directory-store.js';
import { MongoErasures } from './adapters/mongo/mongo-erasures.js';
import { MongoMessageSearch } from './adapters/mongo/mongo-message-search.js';
import { MongoSeedMarks } from './adapters/mongo/mongo-seed-marks.js';
import { MongoTags } from './adapters/mongo/mongo-tags.js';
import { MongoTemplates } from './adapters/mongo/mongo-templates.js';
import { MongoTimeline } from './adapters/mongo/mongo-timeline.js';
import { MongoTurns } from './adapters/mongo/mongo-turns.js';
import { ContactTimeController } from './adapters/nats/contact-time.controller.js';
import { ContactsController } from './adapters/nats/contacts.controller.js';
import { DeliveryStatusConsumer } from './adapters/nats/delivery-status.consumer.js';
import { DirectoryConsumer } from './adapters/nats/directory.consumer.js';
import { EventOutbox } from './adapters/nats/event-outbox.js';
import { ListsController } from './adapters/nats/lists.controller.js';
import { LookupsController } from './adapters/nats/lookups.controller.js';
import { MessageRoutedConsumer } from './adapters/nats/message-routed.consumer.js';
import { NewStreamListener } from './adapters/nats/new-stream.listener.js';
import { OwnershipController } from './adapters/nats/ownership.controller.js';
import { PublishedCursorNews } from './adapters/nats/published-cursor-news.js';
import { OptOutsController } from './adapters/nats/opt-outs.controller.js';
import { TagsController } from './adapters/nats/tags.controller.js';
import { TemplatesController } from './adapters/nats/templates.controller.js';
import { WritingController } from './adapters/nats/writing.controller.js';
import { CalledTextsElsewhere } from './adapters/nats/texts-elsewhere.js';
import { Sweeper } from './adapters/timers/sweeper.js';
import { Bookkeeping } from './application/bookkeeping.js';
import { AddNote } from './application/commands/add-note.js';
import { AssignConversation } from './application/commands/assign-conversation.js';
import { ClaimConversation } from './application/commands/claim-conversation.js';
import { CompleteConversation } from './application/commands/complete-conversation.js';
import { Desk } from './application/commands/desk.js';
import { MarkRead } from './application/commands/mark-read.js';
import { ReopenConversation } from './application/commands/reopen-conversation.js';
import { ReplyToConversation } from './application/commands/reply-to-conversation.js';
import { ReturnConversation } from './application/commands/return-conversation.js';
import { SnoozeConversation } from './application/commands/snooze-conversation.js';
import { StartConversation } from './application/commands/start-conversation.js';
import { TagConversation } from './application/commands/tag-conversation.js';
import { TransferConversation } from './application/commands/transfer-conversation.js';
import { WakeConversation } from './application/commands/wake-conversation.js';
import { Consents } from './application/consents.js';
import { ChangeContact } from './application/contact/change-contact.js';
import { ContactDesk } from './application/contact/contact-desk.js';
import { ContactViews } from './application/contact/contact-views.js';
import { CreateContact } from './application/contact/create-contact.js';
import { GetContact } from './application/contact/get-contact.js';
import { ListContactConversations } from './application/contact/list-contact-conversations.js';
import { ListContacts } from './application/contact/list-contacts.js';
import { MergeContacts } from './application/contact/merge-contacts.js';
import { SeparateContacts } from './application/contact/separate-contacts.js';
import { SpreadNames } from './application/contact/spread-names.js';
import { Contacts } from './application/contacts.js';
import { ConversationList } from './application/conversation-list.js';
import { EraseContact } from './application/contact/erase-contact.js';
import { EraseContent } from './application/contact/erase-content.js';
import { Erasures, TextsElsewhere } from './application/contact/erasures.js';
import { CursorNews } from './application/cursor-news.js';
import { DirectoryStore } from './application/directory-store.js';
import { LandMessages } from './application/landing/land-messages.js';
import { LeaveMenus } from './application/landing/leave-menus.js';
import { RecordStatuses } from './application/landing/record-statuses.js';
import { CarrierOptOuts } from './application/landing/carrier-opt-outs.js';
import { ConsentsSaid } from './application/landing/consents-said.js';
import { SpreadConsent } from './application/landing/spread-consent.js';
import { ConversationLog } from './application/log/conversation-log.js';
import { MessageSearch } from './application/message-search.js';
import { Outbox } from './application/outbox.js';
import { PhoneNumbers } from './application/phone-numbers.js';
import { FindMedia } from './application/queries/find-media.js';
import { GetContactTime } from './application/queries/get-contact-time.js';
import { GetConversation } from './application/queries/get-conversation.js';
import { GetCounts } from './application/queries/get-counts.js';
import { GetTimeline } from './application/queries/get-timeline.js';
import { ExportConversations } from './application/queries/export-conversations.js';
import { ListAudit } from './application/queries/list-audit.js';
import { ListConversations } from './application/queries/list-conversations.js';
import { ListInboxMembers } from './application/queries/list-inbox-members.js';
import { ListInboxes } from './application/queries/list-inboxes.js';
import { ListWaiting } from './application/queries/list-waiting.js';
import { SearchEverything } from './application/queries/search-everything.js';
import { Sight } from './application/queries/sight.js';
import { TraceMessage } from './application/queries/trace-message.js';
import { DemoSwitch, SeedDemo } from './application/seed/seed-demo.js';
import { SeedMarks } from './application/seed/seed-marks.js';
import { ManageConsents } from './application/contact/manage-consents.js';
import { ManageQuietHours } from './application/settings/manage-quiet-hours.js';
import { ManageTags } from './application/tag/manage-tags.js';
import { Tags } from './application/tags.js';
import { ManageTemplates } from './application/template/manage-templates.js';
import { ListInboxTemplates } from './application/template/list-inbox-templates.js';
import { Templates } from './application/templates.js';
import { TimeZones } from './application/time-zones.js';
import { Timeline } from './application/timeline.js';
import { Turns } from './application/turns.js';
import { AssignWaiting } from './application/upkeep/assign-waiting.js';
import { KeepDirectory } from './application/upkeep/keep-directory.js';
import { RelayEntries } from './application/upkeep/relay-entries.js';
import { RepeatConsents } from './application/upkeep/repeat-consents.js';
import { ReturnStranded } from './application/upkeep/return-stranded.js';
import { WakeSnoozed } from './application/upkeep/wake-snoozed.js';
import { readConfig } from './config.js';

const config = readConfig();
const service = 'inbox';

const ports = [
  { provide: Bookkeeping, useClass: MongoBookkeeping },
  { provide: Consents, useClass: MongoConsents },
  { provide: Contacts, useClass: MongoContacts },
  { provide: ConversationList, useClass: MongoConversationList },
  { provide: ConversationLog, useClass: MongoConversationLog },
  { provide: CursorNews, useClass: PublishedCursorNews },
  { provide: DirectoryStore, useClass: MongoDirectoryStore },
  { provide: Erasures, useClass: MongoErasures },
  { provide: TextsElsewhere, useClass: CalledTextsElsewhere },
  { provide: MessageSearch, useClass: MongoMessageSearch },
  { provide: Outbox, useClass: EventOutbox },
  { provide: PhoneNumbers, useClass: LibPhoneNumbers },
  { provide: SeedMarks, useClass: MongoSeedMarks },
  { provide: Tags, useClass: MongoTags },
  { provide: Templates, useClass: MongoTemplates },
  { provide: Timeline, useClass: MongoTimeline },
  { provide: TimeZones, useClass: LibTimeZones },
  { provide: Turns, useClass: MongoTurns },
];

const useCases = [
  AddNote,
  AssignConversation,
  AssignWaiting,
  ChangeContact,
  ClaimConversation,
  CompleteConversation,
  ContactDesk,
  ContactViews,
  CreateContact,
  EraseContact,
  EraseContent,
  Desk,
  FindMedia,
  GetContact,
  GetContactTime,
  GetConversation,
  GetCounts,
  GetTimeline,
  KeepDirectory,
  LandMessages,
  LeaveMenus,
  ExportConversations,
  ListAudit,
  ListContactConversations,
  ListContacts,
  ListConversations,
  ListInboxMembers,
  ListInboxTemplates,
  ListInboxes,
  ListWaiting,
  ManageConsents,
  ManageQuietHours,
  ManageTags,
  ManageTemplates,
  MarkRead,
  MergeContacts,
  RecordStatuses,
  RelayEntries,
  ReopenConversation,
  RepeatConsents,
  ReplyToConversation,
  ReturnConversation,
  ReturnStranded,
  SearchEverything,
  SeedDemo,
  SeparateContacts,
  Sight,
  SnoozeConversation,
  CarrierOptOuts,
  ConsentsSaid,
  SpreadConsent,
  SpreadNames,
  StartConversation,
  TagConversation,
  TraceMessage,
  TransferConversation,
  WakeConversation,
  WakeSnoozed,
];

@Module({
  imports: [
    ObservabilityModule.forRoot({ service }),
    MongoModule.forRoot({ service, url: config.mongoUrl, migrations, requiredIndexes }),
    BusModule.forRoot({ service, natsUrl: config.natsUrl, publishes: 'inbox' }),
  ],
  controllers: [
    ContactsController,
    ContactTimeController,
    DeliveryStatusConsumer,
    DirectoryConsumer,
    ListsController,
    LookupsController,
    MessageRoutedConsumer,
    OwnershipController,
    OptOutsController,
    TagsController,
    TemplatesController,
    WritingController,
  ],
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: DemoSwitch, useFactory: () => new DemoSwitch(config.demo) },
    InboxDatabase,
    NewStreamListener,
    Sweeper,
    ...ports,
    ...useCases,
  ],
})
export class AppModule {}
