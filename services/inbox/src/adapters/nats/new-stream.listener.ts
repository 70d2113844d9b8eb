import { Injectable, type OnModuleInit } from '@nestjs/common';
import { StreamReset } from '@partyline/bus';
import { RepeatConsents } from '../../application/upkeep/repeat-consents.js';

/** What others have to know whatever happens to the stream is told again where it had to be made anew. */
@Injectable()
export class NewStreamListener implements OnModuleInit {
  constructor(
    private readonly streamReset: StreamReset,
    private readonly repeatConsents: RepeatConsents,
  ) {}

  onModuleInit(): void {
    this.streamReset.onStreamCreated(() => this.repeatConsents.execute());
  }
}
