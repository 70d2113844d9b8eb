import { Injectable } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import { EraseAttempts, EraseNews, EraseReceipts } from '@partyline/contracts';
import { TextsElsewhere, type ErasedTexts } from '../../application/contact/erasures.js';

/** What one call may name. */
const AT_ONCE = 500;
const MOST_PEERS = 100;

@Injectable()
export class CalledTextsElsewhere extends TextsElsewhere {
  constructor(private readonly calls: CallClient) {
    super();
  }

  override async erase(
    tenantId: string,
    conversationIds: readonly string[],
    texts: readonly ErasedTexts[],
    peers: readonly string[],
  ): Promise<void> {
    for (const messageIds of portions(texts.flatMap(({ received, sent }) => [...received, ...sent]))) {
      valueOf(
        await this.calls.call(EraseReceipts, { tenantId, messageIds, peers: peers.slice(0, MOST_PEERS) }),
      );
    }
    for (const messageIds of portions(texts.flatMap(({ sent }) => sent))) {
      const { onTheirWay } = valueOf(await this.calls.call(EraseAttempts, { tenantId, messageIds }));
      if (onTheirWay > 0) throw new Error(`${onTheirWay} replies are still on their way to the carrier`);
    }
    for (const ids of portions(conversationIds)) {
      valueOf(await this.calls.call(EraseNews, { tenantId, conversationIds: ids }));
    }
  }
}

function* portions(ids: readonly string[]): Iterable<string[]> {
  for (let at = 0; at < ids.length; at += AT_ONCE) yield ids.slice(at, at + AT_ONCE);
}

function valueOf<V>(
  answer:
    | { readonly ok: true; readonly value: V }
    | { readonly ok: false; readonly error: { message: string } },
): V {
  if (answer.ok) return answer.value;
  throw new Error(answer.error.message);
}
