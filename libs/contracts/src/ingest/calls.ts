import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { viewerSchema } from '../inbox/commands.js';
import { accountTroubleSchema } from '../notify/account-trouble.js';
import { answerOf } from '../problem.js';
import { pricesSchema } from './prices.js';

/** A secret as it lies at rest: AES-256-GCM, base64 (see libs/carriers, sealed secrets). */
export const carrierAccountSchema = z.object({
  id: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9_-]+$/),
  tenantId: z.string(),
  carrier: z.string(),
  name: z.string().min(1).max(80),
  /** The exact URL that the carrier calls and signs. */
  publicUrl: z.url(),
  /** Not secret: account SIDs, regions, an API base for tests. */
  settings: z.record(z.string(), z.string()),
  active: z.boolean(),
  /** Null or absent: not known. */
  prices: pricesSchema.nullish(),
});
export type CarrierAccount = z.infer<typeof carrierAccountSchema>;

/** What an Admin sees: the names of the secrets that are set, never their values. */
export const carrierAccountViewSchema = carrierAccountSchema.omit({ tenantId: true }).extend({
  secretNames: z.array(z.string()),
  /** When second values of secrets stop counting, by the name they are kept under (`previousAuthToken`). */
  secretsExpireAt: z.record(z.string(), momentSchema).optional(),
  /** When each secret got its value, as far as that is known. */
  secretsSetAt: z.record(z.string(), momentSchema).optional(),
  /** +1 at every change. */
  revision: z.int().optional(),
  webhookUrl: z.string(),
  counters: z.object({
    received: z.int(),
    landed: z.int(),
    open: z.int(),
    rejected: z.int(),
    badSignatures: z.int(),
  }),
  lastWebhookAt: momentSchema.nullable(),
  /** Of carriers that we bind to: whether texts can come in, and why they could not the last time that they could not. */
  bind: z
    .object({
      bound: z.boolean(),
      /** null: it was not tried yet. */
      since: momentSchema.nullable(),
      problem: z.string().nullable(),
      problemAt: momentSchema.nullable(),
    })
    .optional(),
});

export type CarrierAccountView = z.infer<typeof carrierAccountViewSchema>;

export const carrierAccountInputSchema = carrierAccountSchema.omit({ tenantId: true, id: true }).extend({
  id: carrierAccountSchema.shape.id.optional(),
  /** Left out: the address at which this installation takes webhooks. */
  publicUrl: carrierAccountSchema.shape.publicUrl.optional(),
  secrets: z.record(z.string(), z.string().min(1).max(4096)),
});

/** For delivery, which sends through it. `sealed` needs the key of the installation to be of any use. */
export const GetCarrierAccount = defineCall(
  'ingest',
  'account-for-delivery',
  z.object({ tenantId: z.string(), accountId: z.string() }),
  answerOf(carrierAccountSchema.extend({ sealed: z.record(z.string(), z.string()) })),
);
export const ListCarrierAccounts = defineCall(
  'ingest',
  'accounts',
  viewerSchema,
  answerOf(z.array(carrierAccountViewSchema)),
);
export const CreateCarrierAccount = defineCall(
  'ingest',
  'create-account',
  viewerSchema.extend({ account: carrierAccountInputSchema }),
  answerOf(carrierAccountViewSchema),
);
const seenRevision = {
  /** The revision that was on the screen: another one by now is refused as STALE. */
  revision: z.int().optional(),
};
export const changeCarrierAccountBody = carrierAccountInputSchema
  .omit({ id: true })
  .partial()
  .extend(seenRevision);
/** Absent secrets stay as they are; given ones replace. */
export const UpdateCarrierAccount = defineCall(
  'ingest',
  'update-account',
  viewerSchema.extend({ id: z.string(), account: changeCarrierAccountBody }),
  answerOf(carrierAccountViewSchema),
);
const secretInput = viewerSchema.extend({ id: z.string(), secret: z.string().min(1).max(64) });
export const secretUntilSchema = z.object({
  ...seenRevision,
  /** From when on the value that is not sent with counts no more; until it is retired where absent. */
  expiresAt: momentSchema.optional(),
});
export const spareSecretSchema = secretUntilSchema.extend({ value: z.string().min(1).max(4096) });
/** Has webhooks that are signed with a second value of a secret accepted too. */
export const AddSpareSecret = defineCall(
  'ingest',
  'add-spare-secret',
  secretInput.extend(spareSecretSchema.shape),
  answerOf(carrierAccountViewSchema),
);
/** The second value becomes the one that is sent with, and the one that was so far becomes the second. */
export const PromoteSpareSecret = defineCall(
  'ingest',
  'promote-spare-secret',
  secretInput.extend(secretUntilSchema.shape),
  answerOf(carrierAccountViewSchema),
);
export const RetireSpareSecret = defineCall(
  'ingest',
  'retire-spare-secret',
  secretInput.extend(seenRevision),
  answerOf(carrierAccountViewSchema),
);
export const RemoveCarrierAccount = defineCall(
  'ingest',
  'remove-account',
  viewerSchema.extend({ id: z.string() }),
  answerOf(z.object({ id: z.string() })),
);

/** A customer's text as a carrier's own log has it; ingested like a webhook, with the same ids. */
export const loggedTextSchema = z.object({
  providerMessageId: z.string().min(1).max(255),
  from: z.string(),
  to: z.string(),
  group: z.array(z.string()).max(100),
  text: z.string(),
  media: z.array(z.object({ url: z.string(), contentType: z.string().nullable() })).max(50),
  segments: z.int().nullable(),
  sentAt: momentSchema.nullable(),
});
export type LoggedTextBody = z.infer<typeof loggedTextSchema>;

/** Of every tenant: one entry per login at a carrier whose log can be read. For delivery, which reads it. */
export const ListCarrierLogins = defineCall(
  'ingest',
  'carrier-logins',
  z.object({}),
  answerOf(
    z.array(
      z.object({
        tenantId: z.string(),
        carrier: z.string(),
        accountId: z.string(),
        /** Further accounts with the same login: the carrier lists their texts too. */
        sharedWith: z.array(z.string()),
        /** When the first of them was made; absent: before that was kept. What came before is nobody's loss. */
        since: momentSchema.optional(),
      }),
    ),
  ),
);
/** Which of these texts of a carrier never came in, by any of the accounts. */
export const FindMissingTexts = defineCall(
  'ingest',
  'missing-texts',
  z.object({
    tenantId: z.string(),
    carrier: z.string(),
    accountIds: z.array(z.string()).min(1).max(100),
    providerMessageIds: z.array(z.string()).max(1000),
  }),
  answerOf(z.array(z.string())),
);
/** Takes texts whose webhook never came. Answered when they are durable; what is known already is left as it is. */
export const TakeLoggedTexts = defineCall(
  'ingest',
  'take-logged-texts',
  z.object({
    tenantId: z.string(),
    accountId: z.string(),
    texts: z.array(loggedTextSchema).min(1).max(50),
  }),
  answerOf(z.object({ taken: z.int() })),
);

/** Of every tenant: the numbers that got texts of late, and whether one that usually gets some has gone quiet. */
export const ListNumberActivity = defineCall(
  'ingest',
  'number-activity',
  z.object({}),
  answerOf(
    z.array(
      z.object({
        tenantId: z.string(),
        number: z.string(),
        /** Through which the last one came. */
        accountId: z.string(),
        lastTextAt: momentSchema,
        quiet: z.boolean(),
      }),
    ),
  ),
);

/** Of every tenant: its active accounts, and whether too many of their webhooks have a signature that does not fit. */
export const ListArrivalTroubles = defineCall(
  'ingest',
  'arrival-troubles',
  z.object({}),
  answerOf(
    z.array(
      z.object({
        tenantId: z.string(),
        accountId: z.string(),
        name: z.string(),
        carrier: z.string(),
        /** The end of the last ten minutes with a webhook whose signature fits, of the last days; null: there were none. */
        worksAt: momentSchema.nullable(),
        trouble: accountTroubleSchema.nullable(),
      }),
    ),
  ),
);

/** A webhook that was not taken, and why. */
export const refusedWebhookSchema = z.object({
  at: momentSchema,
  kind: z.enum(['bad_signature', 'malformed']),
  reason: z.string(),
  method: z.string(),
  query: z.string(),
  headers: z.record(z.string(), z.string()),
  /** As it came, cut where it is long. */
  body: z.string(),
  /** How long it was. */
  bytes: z.int(),
  correlationId: z.string(),
});
export type RefusedWebhookView = z.infer<typeof refusedWebhookSchema>;
export const ListRefusedWebhooks = defineCall(
  'ingest',
  'refused-webhooks',
  viewerSchema.extend({ accountId: z.string(), limit: z.int().min(1).max(50) }),
  answerOf(z.array(refusedWebhookSchema)),
);

/** A picture or file of a text, and why it could not be had. */
export const tracedMediaSchema = z.object({
  id: z.string(),
  state: z.enum(['waiting', 'kept', 'failed', 'erased']),
  /** How often the carrier was asked for it in the background. */
  tries: z.int(),
  reason: z.string().nullable(),
});
/** What is known of one webhook, for the Admin's trace. */
export const TraceReceipt = defineCall(
  'ingest',
  'trace-receipt',
  viewerSchema.extend({ messageId: z.string() }),
  answerOf(
    z.object({
      receiptId: z.string(),
      carrier: z.string(),
      accountId: z.string(),
      receivedAt: momentSchema,
      publishedTimes: z.int(),
      landedAt: momentSchema.nullable(),
      via: z.enum(['webhook', 'carrier_log']).optional(),
      media: z.array(tracedMediaSchema).optional(),
    }),
  ),
);
