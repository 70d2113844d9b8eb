import { carriersCalls } from './admin/carriers.js';
import { integrationsCalls } from './admin/integrations.js';
import { optOutsCalls } from './admin/opt-outs.js';
import { peopleCalls } from './admin/people.js';
import { quietHoursCalls } from './admin/quiet-hours.js';
import { reviewCalls } from './admin/review.js';
import { routingCalls } from './admin/routing.js';
import { adminTagsCalls } from './admin/tags.js';
import { templatesCalls } from './admin/templates.js';
import { authCalls } from './auth.js';
import { contactTimeCall } from './contact-time.js';
import { contactsCalls } from './contacts.js';
import { conversationsCalls } from './conversations.js';
import { exportsCalls } from './exports.js';
import { inboxesCalls } from './inboxes.js';
import { meCalls } from './me.js';
import { caller, type ClientOptions } from './request.js';
import { searchCall } from './search.js';
import { tagsCalls } from './tags.js';

/**
 * Partyline's API with its types. All calls reject with `Refused`, which has the server's reason (RFC 9457), or with
 * `Unreachable`: then it is unknown whether anything was done, and a command is repeated safely with the same key.
 */
export function createClient(options: ClientOptions) {
  const call = caller(options);
  return {
    auth: authCalls(call),
    me: meCalls(call),
    inboxes: inboxesCalls(call),
    conversations: conversationsCalls(call, options.url),
    contacts: contactsCalls(call),
    contactTime: contactTimeCall(call),
    tags: tagsCalls(call),
    search: searchCall(call),
    exports: exportsCalls(options.url),
    admin: {
      ...peopleCalls(call),
      ...routingCalls(call),
      ...carriersCalls(call),
      ...integrationsCalls(call),
      tags: adminTagsCalls(call),
      templates: templatesCalls(call),
      optOuts: optOutsCalls(call),
      quietHours: quietHoursCalls(call),
      ...reviewCalls(call),
    },
  };
}

export type PartylineClient = ReturnType<typeof createClient>;
