import { z } from 'zod';
import { defineCall } from '../define.js';
import { momentSchema } from '../envelope.js';
import { answerOf } from '../problem.js';
import { viewerSchema } from './commands.js';
import { conversationViewSchema, personSchema } from './conversation.js';
import { pageOf } from './queries.js';

/** A customer's word, as it stands, on texts from one of our numbers. */
export const optOutSchema = z.object({
  /** The customer's number, and ours. */
  peer: z.string(),
  number: z.string(),
  keyword: z.string(),
  since: momentSchema,
});
export type OptOut = z.infer<typeof optOutSchema>;

/** Somebody on the customers' side. A number belongs to exactly one contact. */
export const contactSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  /** Never leaves the company. */
  notes: z.string(),
  /** E.164, short codes, or alphanumeric senders. */
  numbers: z.array(z.string()),
  /** Those of the numbers from which the customer forbade our texts, as far as the viewer may know of ours. */
  optOuts: z.array(optOutSchema),
  /** Counts changes by people; a change names the one that it saw. */
  revision: z.int(),
  lastActivityAt: momentSchema,
  /** When somebody erased what was known of them, and whether all of it is gone already. Null or absent: never. */
  erasure: z.object({ at: momentSchema, by: personSchema, finished: z.boolean() }).nullish(),
});
export type Contact = z.infer<typeof contactSchema>;

/** A contact that was merged into this one, and can be taken out again. */
export const mergedContactSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  numbers: z.array(z.string()),
});
export const contactDetailSchema = contactSchema.extend({ merged: z.array(mergedContactSchema) });
export type ContactDetail = z.infer<typeof contactDetailSchema>;

export const CONTACT_NAME_LENGTH = 120;
export const CONTACT_NOTES_LENGTH = 5000;
export const CONTACT_NUMBERS = 50;

const name = z.string().max(CONTACT_NAME_LENGTH);
const notes = z.string().max(CONTACT_NOTES_LENGTH);
/** As a person types it: with its country, or as dialled in the company's own. */
const numbers = z.array(z.string().min(1).max(40)).max(CONTACT_NUMBERS);
const revision = z.int().nonnegative();

/** What people write down about a contact. An empty name means: none. */
export const newContactBody = z.object({ name: name.optional(), notes: notes.optional(), numbers });
/** Absent fields stay as they are. `expectedRevision`: of the contact as the person saw it. */
export const changeContactBody = z.object({
  expectedRevision: revision,
  name: name.optional(),
  notes: notes.optional(),
  numbers: numbers.optional(),
});
/** `contactId` becomes part of the contact in the path; both as the person saw them. */
export const mergeContactBody = z.object({
  contactId: z.string().min(1).max(128),
  expectedRevision: revision,
});
export const separateContactBody = mergeContactBody;

/** `confirm` repeats one of the contact's numbers, or its name where it has none: there is no way back. */
export const eraseContactBody = z.object({
  confirm: z.string().min(1).max(CONTACT_NAME_LENGTH),
  expectedRevision: revision,
});

const contactId = z.string().min(1).max(128);
const command = viewerSchema.extend({ commandId: z.string().min(1).max(128) });
const detail = answerOf(contactDetailSchema);

export const ListContacts = defineCall(
  'inbox',
  'contacts',
  viewerSchema.extend({
    /** Beginnings of words of the name, or part of a number. */
    q: z.string().max(200).optional(),
    /** Only whose number this is, exactly. */
    number: z.string().max(40).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.int().min(1).max(200),
  }),
  answerOf(pageOf(contactSchema)),
);
/** One that was merged answers as the contact that it is part of. */
export const GetContact = defineCall('inbox', 'contact', viewerSchema.extend({ contactId }), detail);
export const CreateContact = defineCall(
  'inbox',
  'create-contact',
  command.extend(newContactBody.shape),
  detail,
);
export const ChangeContact = defineCall(
  'inbox',
  'change-contact',
  command.extend(changeContactBody.shape).extend({ contactId }),
  detail,
);
export const MergeContacts = defineCall(
  'inbox',
  'merge-contacts',
  command.extend({ contactId, otherId: contactId, expectedRevision: revision }),
  detail,
);
/** Takes a merged contact out again, with the name, the notes and those of its numbers that are still here. */
export const SeparateContacts = defineCall(
  'inbox',
  'separate-contacts',
  command.extend({ contactId, otherId: contactId, expectedRevision: revision }),
  detail,
);
/**
 * Takes out of every conversation what the contact wrote, what was written to them alone, and their name; the rest of
 * the log stays. Answered when it is decided; `erasure.finished` says when it is done.
 */
export const EraseContact = defineCall(
  'inbox',
  'erase-contact',
  command.extend(eraseContactBody.shape).extend({ contactId }),
  detail,
);
/** The conversations with any of the contact's numbers, in the inboxes that the viewer may see; the newest first. */
export const ListContactConversations = defineCall(
  'inbox',
  'contact-conversations',
  viewerSchema.extend({
    contactId,
    cursor: z.string().max(500).optional(),
    limit: z.int().min(1).max(200),
  }),
  answerOf(pageOf(conversationViewSchema)),
);
