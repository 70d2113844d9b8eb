import { Injectable, Logger } from '@nestjs/common';
import { CallClient, CallTimedOut, CallUnavailable } from '@partyline/bus';
import { ListNumberActivity } from '@partyline/contracts';
import { NumberActivity, type Activity } from '../../application/quiet/ports.js';

@Injectable()
export class BusNumberActivity extends NumberActivity {
  private readonly logger = new Logger(BusNumberActivity.name);

  constructor(private readonly calls: CallClient) {
    super();
  }

  override async all(): Promise<readonly Activity[] | null> {
    try {
      const answer = await this.calls.call(ListNumberActivity, {});
      if (answer.ok) return answer.value.map((one) => ({ ...one, lastTextAt: new Date(one.lastTextAt) }));
      this.logger.warn(`The ingest service refused to say which numbers got texts: ${answer.error.message}`);
    } catch (error) {
      if (!(error instanceof CallUnavailable || error instanceof CallTimedOut)) throw error;
      this.logger.warn(`The ingest service cannot be asked which numbers got texts: ${error.message}`);
    }
    return null;
  }
}
