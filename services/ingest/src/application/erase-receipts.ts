import { Injectable } from '@nestjs/common';
import { Clock, failpoint } from '@partyline/kernel';
import { phoneMarks } from '../domain/phone-marks.js';
import { KeepMedia } from './keep-media.js';
import { MediaStore } from './media-store.js';
import { RecordedWebhooks } from './recorded-webhooks.js';
import { ReceiptStore } from './receipt-store.js';
import { RefusedWebhooks } from './refused-webhooks.js';

/** No fetch that had begun before goes on for so long, milliseconds: what it leaves behind is dropped then. */
const LONGEST_FETCH_MS = 10 * 60_000;

/** Forgets what somebody wrote, and pictures on both ways; that something came, when, and where it landed stays. */
@Injectable()
export class EraseReceipts {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly media: MediaStore,
    private readonly keep: KeepMedia,
    private readonly clock: Clock,
    private readonly recorded: RecordedWebhooks,
    private readonly refused: RefusedWebhooks,
  ) {}

  /** Gives how many receipts it found. Pictures go first: their addresses are only in the receipts. */
  async execute(
    tenantId: string,
    messageIds: readonly string[],
    peers: readonly string[] = [],
  ): Promise<number> {
    const received = await this.receipts.mediaOf(tenantId, messageIds);
    const settled = new Date(this.clock.now().getTime() + LONGEST_FETCH_MS);
    await this.media.erase(tenantId, messageIds, received, settled);
    failpoint('ingest.media-erased');
    const ids = await this.media.idsOf(tenantId, messageIds);
    for (const mediaId of new Set([...received.map((one) => one.mediaId), ...ids]))
      await this.keep.drop({ tenantId, mediaId });
    failpoint('ingest.media-dropped');
    const marks = phoneMarks(peers.join('\n'));
    await this.recorded.erase(tenantId, messageIds, marks);
    await this.refused.erase(tenantId, marks);
    return this.receipts.erase(tenantId, messageIds);
  }
}
