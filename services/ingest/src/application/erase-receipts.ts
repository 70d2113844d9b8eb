import { Injectable } from '@nestjs/common';
import { MediaStore } from './media-ports.js';
import { ReceiptStore } from './receipt-store.js';

/** Forgets what somebody wrote; that something came, when, and where it landed stays. */
@Injectable()
export class EraseReceipts {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly media: MediaStore,
  ) {}

  /** Gives how many receipts it found. Pictures go first: their addresses are only in the receipts. */
  async execute(tenantId: string, messageIds: readonly string[]): Promise<number> {
    for (const ref of await this.receipts.mediaOf(tenantId, messageIds)) await this.media.drop(ref);
    return this.receipts.erase(tenantId, messageIds);
  }
}
