import { Injectable } from '@nestjs/common';
import { KeepMedia } from './keep-media.js';
import { MediaStore } from './media-store.js';
import { ReceiptStore } from './receipt-store.js';

/** Forgets what somebody wrote, and pictures on both ways; that something came, when, and where it landed stays. */
@Injectable()
export class EraseReceipts {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly media: MediaStore,
    private readonly keep: KeepMedia,
  ) {}

  /** Gives how many receipts it found. Pictures go first: their addresses are only in the receipts. */
  async execute(tenantId: string, messageIds: readonly string[]): Promise<number> {
    const received = await this.receipts.mediaOf(tenantId, messageIds);
    await this.media.erase(tenantId, messageIds, received);
    const ids = await this.media.idsOf(tenantId, messageIds);
    for (const mediaId of new Set([...received.map((one) => one.mediaId), ...ids]))
      await this.keep.drop({ tenantId, mediaId });
    return this.receipts.erase(tenantId, messageIds);
  }
}
