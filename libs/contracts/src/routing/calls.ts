import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { viewerSchema } from '../inbox/commands.js';
import { answerOf } from '../problem.js';
import { directoryKindSchema } from './directory.js';
import { routeSchema } from './route.js';

/** The gateway checks `manageRouting` / `manageInboxes` before it asks. Records are checked against DIRECTORY[kind]. */
const admin = viewerSchema.extend({ kind: directoryKindSchema });
const record = z.record(z.string(), z.unknown());

export const ListDirectory = defineCall('routing', 'list', admin, answerOf(z.array(record)));
export const GetDirectoryRecord = defineCall(
  'routing',
  'get',
  admin.extend({ id: z.string() }),
  answerOf(record),
);
export const CreateDirectoryRecord = defineCall(
  'routing',
  'create',
  admin.extend({ record }),
  answerOf(record),
);
export const UpdateDirectoryRecord = defineCall(
  'routing',
  'update',
  admin.extend({ id: z.string(), record }),
  answerOf(record),
);
export const RemoveDirectoryRecord = defineCall(
  'routing',
  'remove',
  admin.extend({ id: z.string() }),
  answerOf(z.object({ id: z.string() })),
);

/** Where would a text to `to` go at `at`, and why? Changes nothing. */
export const ExplainRoute = defineCall(
  'routing',
  'explain',
  viewerSchema.extend({
    to: z.string(),
    from: z.string(),
    text: z.string().max(1600),
    at: momentSchema.optional(),
  }),
  answerOf(routeSchema),
);

/** Which of these are numbers of the tenant, whether or not anything is routed from them yet. For delivery. */
export const KnownNumbers = defineCall(
  'routing',
  'known-numbers',
  z.object({ tenantId: z.string(), numbers: z.array(z.string()).max(1000) }),
  answerOf(z.array(z.string())),
);
