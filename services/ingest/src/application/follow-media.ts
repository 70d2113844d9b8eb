import { Injectable } from '@nestjs/common';
import { isUploadUrl, type Media } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import { MediaStore } from './media-store.js';

export interface MessageMedia {
  readonly tenantId: string;
  readonly accountId: string;
  readonly messageId: string;
  readonly media: readonly Media[];
}

/** Learns of pictures from the messages that stand in conversations: which to fetch, and which were sent. */
@Injectable()
export class FollowMedia {
  constructor(
    private readonly store: MediaStore,
    private readonly clock: Clock,
  ) {}

  async received(messages: readonly MessageMedia[]): Promise<void> {
    const expected = messages.flatMap(({ tenantId, accountId, messageId, media }) =>
      media.map(({ id: mediaId, url }) => ({ tenantId, accountId, messageId, mediaId, url })),
    );
    await this.store.expect(expected, this.clock.now());
  }

  async sent(messages: readonly MessageMedia[]): Promise<void> {
    for (const { tenantId, messageId, media } of messages) {
      const uploads = media.filter(({ url }) => isUploadUrl(url)).map(({ id }) => id);
      if (uploads.length > 0) await this.store.attach(tenantId, messageId, uploads);
    }
  }
}
