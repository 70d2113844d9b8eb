import { z } from 'zod';

export interface TextMedia {
  /** For a browser: a path on the gateway, or what the company sent. */
  readonly url: string;
  readonly contentType: string | null;
}

/** One bubble on the customer's phone. */
export interface Text {
  readonly id: string;
  /** The customer's number. */
  readonly phone: string;
  /** The company's number. */
  readonly number: string;
  /** `out`: the customer wrote it; `in`: the company did. */
  readonly direction: 'out' | 'in';
  readonly text: string;
  readonly media: readonly TextMedia[];
  readonly at: string;
  /** Out: `sending`, then `accepted` or `refused` by Partyline. In: what the carrier has told about it so far. */
  readonly state: 'sending' | 'accepted' | 'refused' | 'taken' | 'sent' | 'delivered' | 'undelivered';
  /** Why it was refused or did not arrive. */
  readonly reason: string | null;
}

/** All texts between a phone and one number, as a list of them shows it. */
export interface Thread {
  readonly number: string;
  readonly name: string | null;
  readonly about: string | null;
  readonly last: Text;
}

export const e164 = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'is no phone number: write it with its country code, for example +12125550101');

/** What the phone sends. `media`: data URLs, or ids of uploaded pictures. */
export const newTextSchema = z
  .object({
    from: e164,
    to: e164,
    text: z.string().max(20_000).default(''),
    media: z.array(z.string().min(1)).max(10).default([]),
  })
  .refine(({ text, media }) => text !== '' || media.length > 0, {
    message: 'There is neither text nor a picture',
  });
