import { Injectable } from '@nestjs/common';
import {
  GetConversation,
  GetDirectoryRecord,
  GetReplyPrice,
  type ReplyPrice,
  type Viewer,
} from '@partyline/contracts';
import { Refused } from '../refused.js';
import { Services } from '../services.js';

const UNKNOWN: ReplyPrice = { currency: null, sms: null, mms: null };

/** What a reply in a conversation costs that the caller may see: by the account that its number sends through now. */
@Injectable()
export class PriceReply {
  constructor(private readonly services: Services) {}

  async execute({ conversationId, ...viewer }: Viewer & { conversationId: string }): Promise<ReplyPrice> {
    const { number, peers } = await this.services.query(GetConversation, { ...viewer, conversationId });
    try {
      const record = await this.services.query(GetDirectoryRecord, {
        ...viewer,
        kind: 'numbers',
        id: number,
      });
      const accountId = record['carrierAccountId'];
      if (typeof accountId !== 'string') return UNKNOWN;
      return await this.services.query(GetReplyPrice, { tenantId: viewer.tenantId, accountId, to: peers });
    } catch (error) {
      // A number or an account that is gone sends nothing, so there is no price.
      if (error instanceof Refused && error.refusal.code === 'NOT_FOUND') return UNKNOWN;
      throw error;
    }
  }
}
