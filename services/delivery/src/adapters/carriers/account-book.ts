import { Injectable } from '@nestjs/common';
import { CallClient } from '@partyline/bus';
import {
  findAnyCarrier,
  SecretBox,
  type AnyCarrier,
  type OpenAccount,
  type Prices,
} from '@partyline/carriers';
import { GetCarrierAccount } from '@partyline/contracts';
import { Clock } from '@partyline/kernel';
import type { SendFacts } from '../../domain/sending.js';

export type FoundAccount =
  | {
      readonly kind: 'ready';
      readonly carrier: AnyCarrier;
      readonly account: OpenAccount;
      /** Null: not known. */
      readonly prices: Prices | null;
    }
  | Exclude<SendFacts['account'], { readonly kind: 'ready' }>;

interface Answered {
  readonly found: FoundAccount;
  readonly at: number;
}
interface Remembered {
  readonly answered: Promise<Answered>;
  readonly askedAt: number;
}

/** How long an account is taken for what it was; then a change of an Admin counts. */
const FRESH_MS = 5_000;
/** So long it still serves while ingest cannot be asked. */
const SERVES_MS = 60_000;

const unusable = (description: string): FoundAccount => ({ kind: 'unusable', description });
const unavailable = (description: string): FoundAccount => ({ kind: 'unavailable', description });

/** Carrier accounts as ingest keeps them, with their secrets opened. They stay in memory and are never logged. */
@Injectable()
export class AccountBook {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly calls: CallClient,
    private readonly secrets: SecretBox,
    private readonly clock: Clock,
  ) {}

  async find(tenantId: string, carrierId: string, accountId: string): Promise<FoundAccount> {
    const key = JSON.stringify([tenantId, carrierId, accountId]);
    const now = this.clock.now().getTime();
    const known = this.remembered.get(key);
    if (known && known.askedAt + FRESH_MS > now) return (await known.answered).found;
    const answered = this.askOr(known, now, () => this.ask(tenantId, carrierId, accountId));
    this.remembered.set(key, { answered, askedAt: now });
    const { found } = await answered;
    // Only what works is remembered: what an Admin mends has to work at once.
    if (found.kind !== 'ready' && this.remembered.get(key)?.answered === answered)
      this.remembered.delete(key);
    return found;
  }

  private async askOr(
    known: Remembered | undefined,
    at: number,
    ask: () => Promise<FoundAccount>,
  ): Promise<Answered> {
    const found = await ask();
    const before = found.kind === 'unavailable' ? await known?.answered : undefined;
    return before?.found.kind === 'ready' && before.at + SERVES_MS > at ? before : { found, at };
  }

  private async ask(tenantId: string, carrierId: string, accountId: string): Promise<FoundAccount> {
    const carrier = findAnyCarrier(carrierId);
    if (!carrier) return unusable(`There is no carrier "${carrierId}" in this version of Partyline.`);
    try {
      const answer = await this.calls.call(GetCarrierAccount, { tenantId, accountId });
      if (!answer.ok) {
        return answer.error.code === 'NOT_FOUND'
          ? unusable(
              `The carrier account "${accountId}" of this number does not exist any more. An Admin has to choose another.`,
            )
          : unavailable(`the carrier account "${accountId}" could not be read: ${answer.error.message}`);
      }
      const { value } = answer;
      if (value.tenantId !== tenantId || value.carrier !== carrierId) {
        return unusable(
          `The account "${accountId}" is not one of ${carrier.name}. An Admin has to check this number's carrier account.`,
        );
      }
      if (!value.active)
        return unusable(
          `The carrier account "${value.name}" is switched off. An Admin can switch it on again.`,
        );
      const { id, publicUrl, settings } = value;
      return {
        kind: 'ready',
        carrier,
        account: { id, publicUrl, settings, secrets: this.secrets.openAll(id, value.sealed) },
        prices: value.prices ?? null,
      };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return unavailable(`the carrier account "${accountId}" could not be read: ${why}`);
    }
  }
}
