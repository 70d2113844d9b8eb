import { z } from 'zod';
import { defineCall } from '../define.js';
import { answerOf } from '../problem.js';

/** A decimal such as `0.0079`. */
export const priceSchema = z.string().regex(/^\d{1,5}(\.\d{1,6})?$/, 'is no price: write it like 0.0079');
const rates = {
  /** Of one segment of an SMS. */
  sms: priceSchema.optional(),
  /** Of one MMS. */
  mms: priceSchema.optional(),
};

/** What the company pays a carrier, as it tells us: estimates come from it. */
export const pricesSchema = z.object({
  /** ISO 4217, such as USD. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'has to be the three letters of a currency, like USD'),
  ...rates,
  /** Other prices by the recipient: for numbers that begin so (`+44`), or in this country (`GB`). The closest fit counts. */
  places: z
    .array(
      z.object({
        to: z
          .string()
          .regex(
            /^(\+[1-9]\d{0,7}|[A-Z]{2})$/,
            'has to be how the numbers begin, like +44, or two letters of a country, like GB',
          ),
        ...rates,
      }),
    )
    .max(300)
    .optional(),
});
export type CarrierPrices = z.infer<typeof pricesSchema>;

/** What a reply to all recipients of a conversation costs, as decimals; null: not known. */
export const replyPriceSchema = z.object({
  currency: z.string().nullable(),
  /** For each segment. */
  sms: z.string().nullable(),
  /** With files. */
  mms: z.string().nullable(),
  /** Where files go out as links in the text: how many characters each of them takes. Absent: they go out as an MMS. */
  linkLength: z.int().optional(),
});
export type ReplyPrice = z.infer<typeof replyPriceSchema>;

export const GetReplyPrice = defineCall(
  'ingest',
  'reply-price',
  z.object({ tenantId: z.string(), accountId: z.string(), to: z.array(z.string()).max(100) }),
  answerOf(replyPriceSchema),
);
