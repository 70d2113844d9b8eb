import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { Clock, SystemClock } from '@partyline/kernel';
import { Argon2PasswordHasher } from './adapters/crypto/argon2.password-hasher.js';
import { HmacDeviceTokens } from './adapters/crypto/hmac.device-tokens.js';
import { HmacRefreshTokens } from './adapters/crypto/hmac.refresh-tokens.js';
import { RandomKeySecrets } from './adapters/crypto/random.key-secrets.js';
import { MongoActs } from './adapters/mongo/mongo-acts.js';
import { MongoApiKeys } from './adapters/mongo/mongo-api-keys.js';
import { JwtAccessTokens } from './adapters/crypto/jwt.access-tokens.js';
import { CachedPrincipals } from './adapters/mongo/cached-principals.js';
import { MongoAccounts } from './adapters/mongo/mongo-accounts.js';
import { MongoSessions } from './adapters/mongo/mongo-sessions.js';
import { MongoUserOutbox } from './adapters/mongo/mongo-user-outbox.js';
import { BusGapReader } from './adapters/nats/bus.gap-reader.js';
import { BusUserAnnouncer } from './adapters/nats/bus.user-announcer.js';
import { BusServices } from './adapters/nats/bus-services.js';
import { LiveFeed } from './adapters/nats/live-feed.js';
import { NatsPresenceSignals } from './adapters/nats/nats.presence-signals.js';
import { AbsenceTimer } from './adapters/timers/absence-timer.js';
import { UserRelay } from './adapters/nats/user-relay.js';
import { LimiterSignInThrottle } from './adapters/redis/limiter.sign-in-throttle.js';
import { Limiters } from './adapters/redis/limiters.js';
import { ApiKeys, KeySecrets } from './application/api-keys/api-keys.js';
import { AuthenticateKey } from './application/api-keys/authenticate-key.js';
import { ManageApiKeys } from './application/api-keys/manage-api-keys.js';
import { Accounts, UserOutbox } from './application/accounts/accounts.js';
import { ChangeAccounts } from './application/accounts/change-accounts.js';
import { ChangeMyself } from './application/accounts/change-myself.js';
import { DescribeMe, Installation } from './application/accounts/describe-me.js';
import { FirstAdmin, FoundInstallation } from './application/accounts/found-installation.js';
import { ManageRoles } from './application/accounts/manage-roles.js';
import { EndAbsences } from './application/accounts/end-absences.js';
import { ManageUsers } from './application/accounts/manage-users.js';
import { OutboxBell } from './application/accounts/outbox-bell.js';
import { PublishUsers } from './application/accounts/publish-users.js';
import { UserAnnouncer } from './application/accounts/user-announcer.js';
import { Acts } from './application/audit/acts.js';
import { ListTrail } from './application/audit/list-trail.js';
import { RecordAct } from './application/audit/record-act.js';
import { ReadExport } from './application/exports/read-export.js';
import { AssignConversation } from './application/conversations/assign-conversation.js';
import { AttachFile } from './application/conversations/attach-file.js';
import { ChangeMany } from './application/conversations/change-many.js';
import { FinishConversation } from './application/conversations/finish-conversation.js';
import { LocateMedia } from './application/conversations/locate-media.js';
import { PriceReply } from './application/conversations/price-reply.js';
import { ReplyToCustomer } from './application/conversations/reply-to-customer.js';
import { SignalPresence } from './application/conversations/signal-presence.js';
import { SnoozeConversation } from './application/conversations/snooze-conversation.js';
import { TraceText } from './application/conversations/trace-text.js';
import { GapReader } from './application/live/feed.js';
import { LiveHub } from './application/live/live-hub.js';
import { Presence } from './application/live/presence.js';
import { PresenceSignals } from './application/live/presence-signals.js';
import { Services } from './application/services.js';
import { CheckPassword } from './application/sessions/check-password.js';
import { OpenSession } from './application/sessions/open-session.js';
import { PasswordHasher } from './application/sessions/password-hasher.js';
import { Principals } from './application/sessions/principals.js';
import { RefreshSession } from './application/sessions/refresh-session.js';
import { Sessions } from './application/sessions/sessions.js';
import { SignInThrottle } from './application/sessions/sign-in-throttle.js';
import { SignOut } from './application/sessions/sign-out.js';
import { AccessTokens, DeviceTokens, RefreshTokens } from './application/sessions/tokens.js';
import { GatewayConfig } from './config.js';

const USE_CASES: Provider[] = [
  AuthenticateKey,
  ManageApiKeys,
  ChangeAccounts,
  ChangeMyself,
  DescribeMe,
  FoundInstallation,
  ManageRoles,
  EndAbsences,
  ManageUsers,
  OutboxBell,
  PublishUsers,
  CheckPassword,
  OpenSession,
  RefreshSession,
  SignOut,
  ReadExport,
  ListTrail,
  RecordAct,
  AssignConversation,
  AttachFile,
  FinishConversation,
  ChangeMany,
  LocateMedia,
  PriceReply,
  ReplyToCustomer,
  SignalPresence,
  SnoozeConversation,
  TraceText,
  LiveHub,
  Presence,
];

const PORTS: Provider[] = [
  { provide: Acts, useClass: MongoActs },
  { provide: ApiKeys, useClass: MongoApiKeys },
  { provide: KeySecrets, useClass: RandomKeySecrets },
  { provide: Clock, useClass: SystemClock },
  { provide: Accounts, useClass: MongoAccounts },
  { provide: UserOutbox, useClass: MongoUserOutbox },
  { provide: UserAnnouncer, useClass: BusUserAnnouncer },
  { provide: Sessions, useClass: MongoSessions },
  { provide: Principals, useClass: CachedPrincipals },
  { provide: PasswordHasher, useClass: Argon2PasswordHasher },
  { provide: AccessTokens, useClass: JwtAccessTokens },
  { provide: SignInThrottle, useClass: LimiterSignInThrottle },
  { provide: Services, useClass: BusServices },
  { provide: GapReader, useClass: BusGapReader },
  { provide: PresenceSignals, useClass: NatsPresenceSignals },
];

/** Use cases, and what stands behind their ports. */
export function coreModule(config: GatewayConfig): DynamicModule {
  const providers: Provider[] = [
    { provide: GatewayConfig, useValue: config },
    { provide: Installation, useValue: { vapidPublicKey: config.vapidPublicKey, demo: config.demo } },
    { provide: FirstAdmin, useValue: config.firstAdmin },
    { provide: RefreshTokens, useFactory: () => new HmacRefreshTokens(config.jwtSecret) },
    { provide: DeviceTokens, useFactory: () => new HmacDeviceTokens(config.jwtSecret) },
    Limiters,
    ...PORTS,
    ...USE_CASES,
  ];
  return {
    module: CoreModule,
    global: true,
    imports: [JwtModule.register({ secret: config.jwtSecret })],
    providers: [...providers, LiveFeed, UserRelay, AbsenceTimer],
    exports: [...providers, JwtModule],
  };
}

@Global()
@Module({})
export class CoreModule {}
