import { z } from 'zod';
import { defineEvent } from '../define.js';
import { inboundMessageSchema } from '../ingest/message-received.v1.js';
import { routeSchema } from './route.js';

/** A text and the inbox it belongs to. Published for every text: what has no route goes to the Unrouted inbox. */
export const MessageRouted = defineEvent(
  'routing',
  'message.routed',
  1,
  z.object({ message: inboundMessageSchema, route: routeSchema }),
);
