import { Injectable } from '@nestjs/common';
import { GetConversation, SignUploadPath, type Viewer } from '@partyline/contracts';
import { Services } from '../services.js';

/** Where ingest takes a file for a conversation that the caller may see: a path that is good for a minute. */
@Injectable()
export class AttachFile {
  constructor(private readonly services: Services) {}

  async execute({ conversationId, ...viewer }: Viewer & { conversationId: string }): Promise<string> {
    await this.services.query(GetConversation, { ...viewer, conversationId });
    return (await this.services.query(SignUploadPath, { ...viewer, conversationId })).path;
  }
}
