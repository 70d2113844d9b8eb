import { Module } from '@nestjs/common';
import { PassportModule } from '@nestjs/passport';
import { ApiKeysController } from './admin/api-keys.controller.js';
import { CarriersController } from './admin/carriers.controller.js';
import { CarrierAccountsController } from './admin/carrier-accounts.controller.js';
import { QuietNumbersController } from './admin/quiet-numbers.controller.js';
import { RecordingController } from './admin/recording.controller.js';
import { ReconciliationsController } from './admin/reconciliations.controller.js';
import { DIRECTORY_CONTROLLERS } from './admin/directory.controllers.js';
import { ReviewController } from './admin/review.controller.js';
import { RolesController } from './admin/roles.controller.js';
import { QuietHoursController } from './admin/quiet-hours.controller.js';
import { OptOutsController } from './admin/opt-outs.controller.js';
import { AdminTagsController } from './admin/tags.controller.js';
import { TemplatesController } from './admin/templates.controller.js';
import { UsersController } from './admin/users.controller.js';
import { WebhooksController } from './admin/webhooks.controller.js';
import { AuthController } from './auth/auth.controller.js';
import { JwtStrategy } from './auth/jwt.strategy.js';
import { LocalStrategy } from './auth/local.strategy.js';
import { BulkController } from './conversations/bulk.controller.js';
import { ContactTimeController } from './conversations/contact-time.controller.js';
import { ContactsController } from './conversations/contacts.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { InboxesController } from './conversations/inboxes.controller.js';
import { AttachmentsController } from './conversations/attachments.controller.js';
import { MediaController } from './conversations/media.controller.js';
import { OwnershipController } from './conversations/ownership.controller.js';
import { SearchController } from './conversations/search.controller.js';
import { SnoozeController } from './conversations/snooze.controller.js';
import { TagsController } from './conversations/tags.controller.js';
import { WritingController } from './conversations/writing.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { EventsController } from './live/events.controller.js';
import { MeController } from './people/me.controller.js';
import { NotificationsController } from './people/notifications.controller.js';

/** The REST API and its live events. */
@Module({
  imports: [PassportModule],
  controllers: [
    AuthController,
    MeController,
    NotificationsController,
    InboxesController,
    ConversationsController,
    OwnershipController,
    BulkController,
    SnoozeController,
    TagsController,
    WritingController,
    AttachmentsController,
    MediaController,
    ContactsController,
    ContactTimeController,
    SearchController,
    ExportsController,
    EventsController,
    UsersController,
    RolesController,
    ApiKeysController,
    WebhooksController,
    CarrierAccountsController,
    QuietNumbersController,
    RecordingController,
    CarriersController,
    ReconciliationsController,
    ReviewController,
    OptOutsController,
    QuietHoursController,
    AdminTagsController,
    TemplatesController,
    ...DIRECTORY_CONTROLLERS,
  ],
  providers: [JwtStrategy, LocalStrategy],
})
export class HttpModule {}
