import { derivedId } from '@partyline/kernel';
import { behaviourFor, type Receipt } from './magic.js';
import { Live } from './live.js';
import { copiedPictures } from './pictures.js';
import { Poster } from './poster.js';
import { Store, type Webhook } from './store.js';
import type { Text, TextMedia } from './texts.js';
import { queryOf, type WebhookContent } from './webhook.js';

/** A reply of the company as a carrier's API got it. */
export interface SentText {
  /** The carrier's id of it. */
  readonly id: string;
  /** The same for the same reply when it is sent again. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly media: readonly TextMedia[];
  readonly statusCallback: string;
}

/** How the call has to be answered; `hang`: not at all. */
export type Answer = 'accepted' | 'rejected' | 'throttled' | 'hang';

/** Builds the webhook's content that tells a receipt in the words of the carrier. */
export type TellReceipt = (text: SentText, receipt: Receipt, query: string) => WebhookContent;

/** The network behind the send APIs: puts replies on phones and tells what became of them. */
export class CarrierNetwork {
  constructor(
    private readonly store: Store,
    private readonly live: Live,
    private readonly poster: Poster,
  ) {}

  /** What was taken under ids that begin so, as the carrier's own log. */
  log(idPrefix: string, since: Date): Promise<Text[]> {
    return this.store.taken(idPrefix, since);
  }

  async take(sent: SentText, tell: TellReceipt): Promise<Answer> {
    const { answer, receipts } = behaviourFor(sent.to);
    if (answer === 'reject') return 'rejected';
    if (answer === 'throttle' && (await this.store.countTry(sent.key)) === 1) return 'throttled';
    const media = await copiedPictures(sent.media, this.store);
    const now = Date.now();
    const text = phoneText({ ...sent, media }, new Date(now));
    const query = queryOf(sent.statusCallback);
    const webhooks = receipts.map((receipt): Webhook => {
      const { failure } = receipt;
      return {
        id: derivedId('rcpt', sent.id, receipt.status),
        textId: sent.id,
        content: tell(sent, receipt, query),
        state: 'waiting',
        tells: { state: receipt.status, reason: failure?.reason ?? null },
        tries: 0,
        dueAt: new Date(now + receipt.afterMs),
      };
    });
    await this.store.addWebhooks(webhooks);
    if (await this.store.addText(text)) this.live.tell(text);
    this.poster.kick();
    return answer === 'hang' ? 'hang' : 'accepted';
  }
}

function phoneText(sent: SentText, at: Date): Text {
  return {
    id: sent.id,
    phone: sent.to,
    number: sent.from,
    direction: 'in',
    text: sent.text,
    media: sent.media,
    at: at.toISOString(),
    state: 'taken',
    reason: null,
  };
}
