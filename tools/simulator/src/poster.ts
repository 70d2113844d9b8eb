import { Live } from './live.js';
import { Store, type Webhook } from './store.js';
import { signedRequest, worthRetrying } from './webhook.js';

const ANSWER_MS = 10_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
const AT_ONCE = 16;

export interface PosterLog {
  info(message: string): void;
  warn(message: string): void;
}

/** Posts webhooks as a carrier does: signed, until they are taken, also after a restart of either side. */
export class Poster {
  readonly #posting = new Map<string, Promise<void>>();
  readonly #done = new Map<string, () => void>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  readonly #stopping = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly live: Live,
    private readonly hooksUrl: string,
    private readonly log: PosterLog,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.kick(), 200);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    for (const done of this.#done.values()) done();
    await this.#looking;
    await Promise.allSettled(this.#posting.values());
  }

  /** Looks for what is due now. */
  kick(): void {
    if (this.#stopping.signal.aborted) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (!this.#lookAgain) return;
      this.#lookAgain = false;
      this.kick();
    });
  }

  /** To be called before the webhook is kept. Resolves when the webhook was taken or refused, or `timeoutMs` have passed. */
  async settled(id: string, timeoutMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#done.set(id, resolve);
      timer = setTimeout(resolve, timeoutMs);
    });
    clearTimeout(timer);
    this.#done.delete(id);
  }

  async #look(): Promise<void> {
    try {
      for (const webhook of await this.store.dueWebhooks(new Date(), AT_ONCE)) {
        if (this.#posting.has(webhook.id) || this.#posting.size >= AT_ONCE) continue;
        const posting = this.#post(webhook).finally(() => this.#posting.delete(webhook.id));
        this.#posting.set(webhook.id, posting);
      }
    } catch (error) {
      this.log.warn(`Webhooks cannot be read now: ${String(error)}`);
    }
  }

  async #post(webhook: Webhook): Promise<void> {
    try {
      if (webhook.tells !== null && webhook.tries === 0) await this.#tell(webhook.textId, webhook.tells);
      const { url, headers, body } = signedRequest(webhook.id, webhook.content, this.hooksUrl, new Date());
      const answer = await this.#exchange(url, { method: 'POST', headers, body });
      if (answer.ok) return await this.#end(webhook, 'accepted', null);
      if (!worthRetrying(answer.status)) return await this.#end(webhook, 'refused', answer.reason);
      this.log.warn(`Webhook ${webhook.id} is tried again: ${answer.reason}`);
      const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(webhook.tries, 10));
      await this.store.changeWebhook(webhook.id, {
        tries: webhook.tries + 1,
        dueAt: new Date(Date.now() + wait),
      });
    } catch (error) {
      this.log.warn(`Webhook ${webhook.id} is posted again: ${String(error)}`);
    }
  }

  async #exchange(url: string, init: RequestInit): Promise<{ ok: boolean; status: number; reason: string }> {
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_MS), this.#stopping.signal]);
      const answer = await fetch(url, { ...init, redirect: 'error', signal });
      const said = (await answer.text()).slice(0, 500);
      return { ok: answer.ok, status: answer.status, reason: `Partyline answered ${answer.status}: ${said}` };
    } catch (error) {
      const cause =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      return { ok: false, status: 503, reason: `Partyline cannot be reached: ${cause}` };
    }
  }

  async #end(webhook: Webhook, state: 'accepted' | 'refused', reason: string | null): Promise<void> {
    if (reason !== null) this.log.warn(`Webhook ${webhook.id} was refused: ${reason}`);
    await this.store.changeWebhook(webhook.id, { state });
    if (webhook.tells === null) await this.#tell(webhook.textId, { state, reason });
    this.#done.get(webhook.id)?.();
  }

  async #tell(textId: string, change: NonNullable<Webhook['tells']>): Promise<void> {
    const text = await this.store.tellText(textId, change);
    if (text) this.live.tell(text);
  }
}
