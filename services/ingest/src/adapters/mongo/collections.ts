import type { CarrierStatus, InboundMessage } from '@partyline/contracts';
import type { Connection, mongo } from 'mongoose';
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

export type AccountDocument = Omit<Account, 'id'> & { readonly _id: string };

export interface RefusalDocument {
  readonly _id: string;
  readonly tenantId: string;
  readonly accountId: string;
  readonly badSignatures?: number;
  readonly malformed?: number;
  readonly lastWebhookAt?: Date;
}

export interface MediaFileDocument {
  readonly _id: mongo.ObjectId;
  readonly length: number;
  readonly metadata: { readonly tenantId: string; readonly key: string; readonly contentType: string };
}

export const RECEIPTS = 'receipts';
export const ACCOUNTS = 'accounts';
export const REFUSALS = 'refusals';
export const MEDIA_BUCKET = 'media';

/** The service's own database, through the driver itself: this is the hot path. */
export const databaseOf = (connection: Connection): mongo.Db => connection.getClient().db(connection.name);
