import type { CarrierStatus, InboundMessage } from '@partyline/contracts';
import type { Connection, mongo } from 'mongoose';
import type { MediaRecord } from '../../application/media-store.js';
import type { Recorded } from '../../application/recorded-webhooks.js';
import type { Account } from '../../domain/account.js';

export interface ReceiptDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly kind: 'message' | 'status';
  readonly key: string;
  readonly providerMessageId: string;
  readonly messageId: string | null;
  readonly event: InboundMessage | CarrierStatus;
  /** `waiting` for the others; the `lead` carries the whole text; a `follower` lands with it. */
  readonly part?: {
    readonly key: string;
    readonly number: number;
    readonly total: number;
    readonly state: 'waiting' | 'lead' | 'follower';
  };
  readonly raw: {
    readonly method: string;
    readonly query: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: mongo.Binary;
  } | null;
  readonly receivedAt: Date;
  readonly correlationId: string;
  readonly traceparent: string | null;
  readonly state: 'open' | 'landed' | 'rejected';
  /** How often it was published. */
  readonly attempts: number;
  /** When it is published again; absent once it is not open. */
  readonly nextAttemptAt?: Date;
  readonly landedAt: Date | null;
  readonly rejectedBecause?: string;
}

/** Which parts are one text. `_id`: the receipt that stands for all of them. */
export interface JoinDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly key: string;
  readonly receiptIds: string[];
  readonly numbers: number[];
  readonly at: Date;
  /** Whether the parts know of it. */
  readonly applied: boolean;
  /** Until all of them landed; absent from then on. */
  readonly open?: true;
}

export type AccountDocument = Omit<Account, 'id'> & { readonly _id: string };

export interface RefusalDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly badSignatures?: number;
  readonly malformed?: number;
  readonly lastWebhookAt?: Date;
}

export interface RefusedWebhookDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly at: Date;
  readonly kind: 'bad_signature' | 'malformed';
  readonly reason: string;
  readonly raw: NonNullable<ReceiptDocument['raw']>;
  readonly bytes: number;
  readonly correlationId: string;
  readonly expireAt: Date;
  /** By which the phone numbers in it are found again. */
  readonly marks: readonly string[];
}

/** How many texts came for a number in each hour of a day. */
export interface NumberDayDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly number: string;
  /** Since 1970. */
  readonly day: number;
  readonly accountId: string;
  /** By the hour of the day, in UTC. */
  readonly hours: Readonly<Record<string, number>>;
  readonly lastAt: Date;
  readonly expireAt: Date;
}

/** How many webhooks of an account had signatures that fit, and that do not, in each ten minutes of a day. */
export interface SignatureDayDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly accountId: string;
  /** Since 1970. */
  readonly day: number;
  /** By the ten minutes of the day, in UTC. */
  readonly slots?: Readonly<Record<string, { readonly good?: number; readonly bad?: number }>>;
  readonly expireAt: Date;
}

export type RecordedDocument = Omit<Recorded, 'id' | 'headers'> & {
  readonly _id: string;
  /** As pairs: a name may have dots and dollars in it. */
  readonly headers: readonly (readonly [string, string])[];
  readonly expireAt: Date;
};

export type MediaDocument = Omit<MediaRecord, 'mediaId'> & {
  readonly _id: string;
  /** While it waits: when it is fetched, again where it was tried. */
  readonly dueAt?: Date;
  /** Of uploads: which conversation they were handed in for, and by whom. */
  readonly conversationId?: string;
  readonly userId?: string;
  /** Of uploads that no reply carries yet. */
  readonly expiresAt?: Date;
};

/** The receiver bind of an account. */
export interface BindDocument {
  readonly _id: string;
  readonly tenantId: string;
  /** Of whoever holds it, or held it last; texts that it stored have ids that begin so. */
  readonly epoch?: string;
  /** Of these, so many are settled but for those in `open`. */
  readonly through?: number;
  readonly open?: { readonly id: string; readonly fingerprint: string }[];
  readonly bound?: boolean;
  readonly since?: Date;
  readonly problem?: string;
  readonly problemAt?: Date;
}

export const RECEIPTS = 'receipts';
export const BINDS = 'binds';
export const JOINS = 'joins';
export const ACCOUNTS = 'accounts';
export const REFUSED_WEBHOOKS = 'refusedWebhooks';
export const NUMBER_DAYS = 'numberDays';
export const SIGNATURES = 'signatureDays';
export const RECORDED_WEBHOOKS = 'recordedWebhooks';
export const REFUSALS = 'refusals';
export const MEDIA = 'media';

/** The service's own database, through the driver itself: this is the hot path. */
export const databaseOf = (connection: Connection): mongo.Db => connection.getClient().db(connection.name);
