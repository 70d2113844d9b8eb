import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { LONGEST_ANSWER } from '../limits.js';
import { answerOf } from '../problem.js';
import { viewerSchema } from './commands.js';

/** Languages whose words for STOP, START and HELP are known; the English ones hold everywhere. */
export const CONSENT_LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it', 'nl'] as const;
export const consentLanguageSchema = z.enum(CONSENT_LANGUAGES);
export type ConsentLanguage = z.infer<typeof consentLanguageSchema>;

/**
 * Who said that texts are allowed or not: the customer by a word, the carrier, which refused a reply because of it, one
 * of our people, or a file from a system that was used before.
 */
export const consentSourceSchema = z.enum(['customer', 'carrier', 'person', 'import']);
export type ConsentSource = z.infer<typeof consentSourceSchema>;

/** The last word on texts from one of our numbers to one customer. */
export const consentRecordSchema = z.object({
  number: z.string(),
  peer: z.string(),
  state: z.enum(['opted_out', 'opted_in']),
  /** The word, or the carrier's code; '' where nobody said one. */
  keyword: z.string(),
  source: consentSourceSchema,
  at: momentSchema,
  /** Who of our people. */
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type ConsentRecord = z.infer<typeof consentRecordSchema>;

/** Without `number`: for all our numbers. `at`: when it was said, where that was before now. */
export const consentInput = z.object({
  peer: z.string().trim().min(1).max(40),
  number: z.string().trim().min(1).max(40).optional(),
  state: z.enum(['opted_out', 'opted_in']),
  at: momentSchema.optional(),
});
export const CONSENTS_AT_ONCE = 50;
export const consentsBody = z.object({
  source: z.enum(['person', 'import']).default('person'),
  items: z.array(consentInput).min(1).max(CONSENTS_AT_ONCE),
});
/** Of each item, in their order: what stands now, or why nothing was changed. */
export const consentResultSchema = z.object({
  peer: z.string(),
  ok: z.boolean(),
  /** For how many of our numbers it holds now; a later word of the customer stands against it. */
  numbers: z.int(),
  message: z.string().nullable(),
});
export type ConsentResult = z.infer<typeof consentResultSchema>;

export const optOutsQuery = z.object({
  state: z.enum(['opted_out', 'opted_in']).default('opted_out'),
  /** The beginning of the customer's number. */
  q: z.string().max(40).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const consentPageSchema = z.object({
  items: z.array(consentRecordSchema),
  nextCursor: z.string().nullable(),
});
const languagesSchema = z.array(consentLanguageSchema).max(CONSENT_LANGUAGES.length);
const answerSchema = z.string().trim().min(1).max(LONGEST_ANSWER);
const keywordAnswersSchema = z.object({ stop: answerSchema, start: answerSchema, help: answerSchema });
export type KeywordAnswers = z.infer<typeof keywordAnswersSchema>;
const ownAnswersSchema = z.partialRecord(consentLanguageSchema, keywordAnswersSchema.partial());
export type OwnAnswers = z.infer<typeof ownAnswersSchema>;

export const consentSettingsSchema = z.object({
  /** In which languages, besides English, keywords count. */
  languages: languagesSchema,
  /** In which language English keywords are answered; those of another language are answered in theirs. */
  answersIn: consentLanguageSchema,
  /** The company's own answers to keywords, where it has some. */
  answers: ownAnswersSchema,
  /** What is sent where it has none. */
  standardAnswers: z.partialRecord(consentLanguageSchema, keywordAnswersSchema),
});
export type ConsentSettings = z.infer<typeof consentSettingsSchema>;
/** What is left out stays as it is; `answers` takes the place of all that there were. */
export const consentSettingsBody = z.object({
  languages: languagesSchema,
  answersIn: consentLanguageSchema.optional(),
  answers: ownAnswersSchema.optional(),
});
export type ConsentSettingsChange = z.infer<typeof consentSettingsBody>;

/** All of these for who manages numbers and carriers. Newest first. */
export const ListOptOuts = defineCall(
  'inbox',
  'opt-outs',
  viewerSchema.extend(optOutsQuery.shape),
  answerOf(consentPageSchema),
);
export const SetConsents = defineCall(
  'inbox',
  'set-consents',
  viewerSchema.extend(consentsBody.shape),
  answerOf(z.array(consentResultSchema)),
);
export const GetConsentSettings = defineCall(
  'inbox',
  'consent-settings',
  viewerSchema,
  answerOf(consentSettingsSchema),
);
export const ChangeConsentSettings = defineCall(
  'inbox',
  'change-consent-settings',
  viewerSchema.extend(consentSettingsBody.shape),
  answerOf(consentSettingsSchema),
);
