import type { Me } from '@partyline/contracts';

export type {
  CommandAccepted,
  ConversationView,
  InboxMember,
  InboxSummary,
  Me,
  Route,
  RouteStep,
  TimelineItem,
} from '@partyline/contracts';
export type Availability = Me['availability'];

/** As PushSubscription.toJSON() gives it. */
export interface PushSubscriptionBody {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}
