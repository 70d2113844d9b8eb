import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { viewerSchema } from '../inbox/commands.js';
import { accountTroubleSchema } from '../notify/account-trouble.js';
import { answerOf } from '../problem.js';

/** What comparing a carrier's log with ours has come to. */
export const reconciliationCountsSchema = z.object({
  /** Entries of the carrier's log that were looked at. */
  compared: z.int(),
  /** Texts whose webhook never came, and that are in their conversations now. */
  textsHealed: z.int(),
  /** Texts that are missing here and that the carrier does not hand out (yet). */
  textsMissing: z.int(),
  /** Replies that got a status by it. */
  repliesSettled: z.int(),
  /** Entries that were not understood, and texts whose words could not be fetched. */
  failures: z.int(),
});
export type ReconciliationCounts = z.infer<typeof reconciliationCountsSchema>;

export const reconciliationSchema = z.object({
  carrier: z.string(),
  accountId: z.string(),
  sharedWith: z.array(z.string()),
  running: reconciliationCountsSchema
    .extend({ from: momentSchema, to: momentSchema, startedAt: momentSchema })
    .nullable(),
  last: reconciliationCountsSchema
    .extend({ from: momentSchema, to: momentSchema, startedAt: momentSchema, finishedAt: momentSchema })
    .nullable(),
  /** Why it does not go on, in words for the Admin; null where nothing is wrong. */
  problem: z.object({ at: momentSchema, message: z.string() }).nullable(),
  nextAt: momentSchema,
});
export type ReconciliationView = z.infer<typeof reconciliationSchema>;

/** Every carrier account whose log is compared with ours. */
export const ListReconciliations = defineCall(
  'delivery',
  'reconciliations',
  viewerSchema,
  answerOf(z.array(reconciliationSchema)),
);
export const reconcileInputSchema = z.object({
  /** How far back, in hours. */
  hours: z.int().min(1).max(720).optional(),
});
/** Begins a comparison as soon as may be, after the one that runs. */
export const Reconcile = defineCall(
  'delivery',
  'reconcile',
  viewerSchema.extend({ accountId: z.string(), hours: reconcileInputSchema.shape.hours }),
  answerOf(reconciliationSchema),
);

/** What became of an account's replies of the last 24 hours, as far as it is known now. */
export const sendingHealthSchema = z.object({
  accountId: z.string(),
  carrier: z.string(),
  /** For their turn, or for the carrier to be reached. */
  waiting: z.int(),
  /** The carrier has them and says no more yet. */
  sent: z.int(),
  delivered: z.int(),
  failed: z.int(),
  unknown: z.int(),
  /** When the carrier last took one. */
  lastSentAt: momentSchema.nullable(),
  /** Why replies failed, the most frequent first; null: the carrier gave no reason. */
  reasons: z.array(z.object({ errorClass: z.string().nullable(), count: z.int() })),
  /** What those cost that the carrier took, or may have taken, by the prices of the account when each was sent. */
  estimatedCost: z.array(z.object({ currency: z.string(), amount: z.string() })).optional(),
});
export type SendingHealth = z.infer<typeof sendingHealthSchema>;

/** Of each account that sent anything; at most the newest 50,000 replies are looked at. */
export const GetSendingHealth = defineCall(
  'delivery',
  'sending-health',
  viewerSchema,
  answerOf(z.array(sendingHealthSchema)),
);

/** Of every tenant: the accounts that sent anything in a day, and whether that fails for reasons of their own. */
export const ListSendingTroubles = defineCall(
  'delivery',
  'sending-troubles',
  z.object({}),
  answerOf(
    z.array(
      z.object({
        tenantId: z.string(),
        accountId: z.string(),
        /** When the last reply was queued that the carrier took; null: none of this day. */
        worksAt: momentSchema.nullable(),
        trouble: accountTroubleSchema.nullable(),
      }),
    ),
  ),
);
