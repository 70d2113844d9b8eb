import { Injectable } from '@nestjs/common';
import { FindMedia, SignMediaPath, type Viewer } from '@partyline/contracts';
import { Services } from '../services.js';

/** Where ingest serves a picture of a conversation that the caller may see: a path that is good for some minutes. */
@Injectable()
export class LocateMedia {
  constructor(private readonly services: Services) {}

  async execute({
    conversationId,
    mediaId,
    ...viewer
  }: Viewer & { conversationId: string; mediaId: string }): Promise<string> {
    const media = await this.services.query(FindMedia, { ...viewer, conversationId, mediaId });
    const { accountId, url } = media;
    const { path } = await this.services.query(SignMediaPath, { ...viewer, accountId, mediaId, url });
    return path;
  }
}
