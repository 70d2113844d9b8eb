import { Injectable, Logger } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import { ListNumberActivity } from '@partyline/contracts';
import { NumberActivity, type Activity } from '../../application/quiet/ports.js';
import { askOrNull } from './ask-or-null.js';

@Injectable()
export class BusNumberActivity extends NumberActivity {
  private readonly logger = new Logger(BusNumberActivity.name);

  constructor(private readonly calls: CallClient) {
    super();
  }

  override async all(): Promise<readonly Activity[] | null> {
    const ask = () => this.calls.call(ListNumberActivity, {});
    const found = await askOrNull(this.logger, 'which numbers got texts', ask);
    return found?.map((one) => ({ ...one, lastTextAt: new Date(one.lastTextAt) })) ?? null;
  }
}
