import { Injectable, Logger } from '@nestjs/common';
import {
  findCarrier,
  readMapping,
  SecretBox,
  WebhookRedaction,
  type Carrier,
  type CarrierEvent,
  type OpenAccount,
  type WebhookRequest,
} from '@partyline/carriers';
import type { RecordedRequestDetail } from '@partyline/contracts';
import { messageId, newId } from '@partyline/kernel';
import type { Account } from '../domain/account.js';
import { phoneMarks, unescaped } from '../domain/phone-marks.js';
import { attempt } from './attempt.js';
import type { Acceptance } from './accept-webhook.js';
import { AccountStore } from './account-store.js';
import { Accounts } from './accounts.js';
import { inWords } from './event-words.js';
import { RecordedWebhooks, type Recorded } from './recorded-webhooks.js';

/** A request and its answer, when both are over. */
export interface Exchange {
  readonly carrier: string;
  readonly accountId: string;
  readonly path: string;
  readonly request: WebhookRequest;
  /** How long the body was; more than `request` has of it where that was too much. */
  readonly bytes: number;
  readonly correlationId: string;
  readonly outcome: Acceptance['kind'] | 'too_large';
  /** Why it was refused, where that was said. */
  readonly reason: string | null;
  readonly answer: {
    readonly status: number;
    readonly contentType: string | null;
    readonly body: string;
  };
  readonly ms: number;
}

interface Waiting {
  readonly account: Account;
  readonly exchange: Exchange;
}

/** More than that, and the newest are not recorded: what is answered must never wait for what is recorded. */
const MOST_WAITING = 50;
const MOST_EVENTS = 20;
const MOST_ANSWER = 4_096;

/** Keeps what came in for an account whose Admin wants to see it: after the answer, one at a time, as well as it can. */
@Injectable()
export class RecordWebhook {
  private readonly logger = new Logger(RecordWebhook.name);
  private readonly waiting: Waiting[] = [];
  private work: Promise<void> | null = null;

  constructor(
    private readonly accounts: Accounts,
    private readonly store: AccountStore,
    private readonly secrets: SecretBox,
    private readonly recorded: RecordedWebhooks,
  ) {}

  /** Returns at once; never throws. */
  execute(exchange: Exchange): void {
    const account = this.accounts.recorded(exchange.carrier, exchange.accountId);
    if (!account || this.waiting.length >= MOST_WAITING) return;
    this.waiting.push({ account, exchange });
    this.work ??= this.keepAll();
  }

  /** The same for a request that nobody has looked at its account for. */
  async executeUnseen(exchange: Exchange): Promise<void> {
    try {
      await this.accounts.find(exchange.carrier, exchange.accountId);
    } catch {
      return;
    }
    this.execute(exchange);
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.work;
  }

  private async keepAll(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      // Between two of them others get their turn.
      await new Promise((resolve) => setImmediate(resolve));
      try {
        await this.keep(next);
      } catch (error) {
        this.logger.warn(`A request to account "${next.account.id}" is not recorded: ${String(error)}`);
      }
    }
    this.work = null;
  }

  private async keep({ account, exchange }: Waiting): Promise<void> {
    const { id, tenantId, recording } = account;
    const carrier = findCarrier(account.carrier);
    if (!carrier || !recording || !(await this.store.takePlace(tenantId, id, recording))) return;
    // Also those that expired: the carrier may still show them.
    const open = { ...account, secrets: this.secrets.openAll(id, account.sealed) };
    await this.recorded.add(recordedOf(account, carrier, open, exchange));
  }
}

function recordedOf(account: Account, carrier: Carrier, open: OpenAccount, exchange: Exchange): Recorded {
  const { request, path, bytes, correlationId, answer, ms } = exchange;
  const redaction = new WebhookRedaction(Object.values(open.secrets), signatureHeaders(open));
  const shown = redaction.webhook(request);
  const { outcome, why, events } = read(carrier, open, exchange);
  const detail: Omit<RecordedRequestDetail, 'at'> = {
    id: newId('rq'),
    method: request.method,
    path,
    bytes,
    ...shown,
    headers: { ...shown.headers },
    outcome,
    why: why === null ? null : redaction.text(why),
    events: events.slice(0, MOST_EVENTS).map((event) => redacted(inWords(event), redaction)),
    status: answer.status,
    answer: {
      contentType: answer.contentType,
      body: redaction.text(answer.body.slice(0, MOST_ANSWER)),
    },
    ms,
    correlationId,
  };
  const texts = events.flatMap((event) => (event.kind === 'message' ? [event] : []));
  const numbers = texts.flatMap(({ from, to, group }) => [from, to, ...group]).join('\n');
  const body = shown.encoding === 'text' ? shown.body : Buffer.from(shown.body, 'base64').toString('latin1');
  return {
    ...detail,
    tenantId: account.tenantId,
    accountId: account.id,
    at: request.receivedAt,
    messageIds: texts.map((text) => messageId(carrier.id, account.id, text.providerMessageId)),
    marks: phoneMarks([numbers, unescaped(shown.query), unescaped(body)].join('\n')),
  };
}

/** What the adapter makes of it, in the same order as for the answer; it is pure, so it says the same again. */
function read(
  carrier: Carrier,
  open: OpenAccount,
  { request, outcome, reason }: Exchange,
): Pick<Recorded, 'outcome' | 'why'> & { readonly events: readonly CarrierEvent[] } {
  const nothing = { events: [], why: null };
  if (outcome === 'too_large') return { ...nothing, outcome, why: 'it is larger than a webhook may be' };
  const parsed = attempt(() => carrier.parse(request, open));
  const events = parsed.ok ? parsed.value : [];
  if (outcome === 'accepted') {
    const handshake = attempt(() => ({ ok: true, value: carrier.handshake?.(request, open) ?? null }));
    return handshake.ok && handshake.value
      ? { ...nothing, outcome: 'handshake' }
      : { outcome, why: null, events };
  }
  if (outcome === 'unavailable' || outcome === 'overloaded')
    return { outcome, events, why: 'it could not be stored safely then' };
  if (outcome !== 'unknown_account') return { outcome, events, why: reason };
  const verified = attempt(() => carrier.verify(request, open));
  const [problem] = [verified, parsed].flatMap((each) => (each.ok ? [] : [each.error]));
  return {
    outcome,
    events,
    why: `the account is switched off${problem === undefined ? '' : `; and ${problem}`}`,
  };
}

/** The header that a mapping has its signature in may have any name. */
function signatureHeaders({ settings }: OpenAccount): string[] {
  const mapping = readMapping(settings['mapping'] ?? '');
  return mapping.ok && mapping.value.signature ? [mapping.value.signature.header] : [];
}

function redacted<T extends object>(event: T, redaction: WebhookRedaction): T {
  const clean = Object.entries(event).map(([name, value]): [string, unknown] => [
    name,
    typeof value === 'string'
      ? redaction.text(value)
      : Array.isArray(value)
        ? value.map((one) => redaction.text(String(one)))
        : value,
  ]);
  return Object.fromEntries(clean) as T;
}

/** As people read it, where it is a form. */
