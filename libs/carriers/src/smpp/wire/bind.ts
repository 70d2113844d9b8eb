import type { OpenAccount } from '../../carrier.js';
import { NotPublic } from '../../public-address.js';
import { redactSecrets } from '../../redaction.js';
import { fail, ok, type Result } from '@partyline/kernel';
import { smscOf } from '../smpp.account.js';
import { connectSmsc, type ConnectOptions } from './connect.js';
import { SmppLink, type LinkOptions } from './link.js';
import { statusName } from './pdu.js';

/** `credentials`: an Admin has to mend something; the SMSC may well lock out who tries too often. */
export interface BindProblem {
  readonly kind: 'credentials' | 'unreachable';
  readonly reason: string;
}

export type BindState =
  | { readonly kind: 'bound' }
  | { readonly kind: 'unbound'; readonly problem: BindProblem | null };

export interface BindOptions extends LinkOptions {
  readonly role: 'receiver' | 'transmitter';
  readonly account: OpenAccount;
  readonly connect: ConnectOptions;
  /** Between two tries; the pause doubles with each that fails, milliseconds. */
  readonly firstPauseMs: number;
  readonly mostPauseMs: number;
  changed(state: BindState, link: SmppLink | null): void;
}

const ESME_ROK = 0;
/** A bind that ends sooner, in first pauses, is no better than one that failed. */
const SHORT_LIVED = 3;
const SMPP_3_4 = 0x34;
/** ESME_RINVPASWD, ESME_RINVSYSID, and ESME_RINVSYSTYP. */
const WRONG_CREDENTIALS = new Set([0x0e, 0x0f, 0x53]);
/** What an Admin can do about other refusals. ESME_RALYBND, and ESME_RBINDFAIL. */
const HINTS: Readonly<Record<number, string>> = {
  0x05: ': it holds a bind of this system id already, which may be one of ours that it has not given up yet, or somebody else uses it',
  0x0d: ': it does not know the system id or the password, or does not allow this kind of bind or the address that we come from',
};

/** Keeps one bind to an SMSC, for as long as it is wanted. */
export class SmppBind {
  private current: SmppLink | null = null;
  private problem: BindProblem | null = null;
  private readonly stopping = new AbortController();
  private pausing = false;
  private running: Promise<void> | undefined;
  private wake: () => void = () => {};
  private readonly watching = new Set<() => void>();

  constructor(private readonly options: BindOptions) {}

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Unbinds. Resolves when nothing is left of it. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.current?.unbind();
    await this.running;
  }

  /** The bound link, as soon as there is one; why there is none after so long, or where none is tried for just now. */
  async link(withinMs: number): Promise<Result<SmppLink, BindProblem>> {
    const until = performance.now() + withinMs;
    for (;;) {
      if (this.current?.isOpen) return ok(this.current);
      const left = until - performance.now();
      if (this.pausing || left <= 0 || this.stopped) {
        return fail(this.problem ?? { kind: 'unreachable', reason: 'the SMSC did not bind us in time' });
      }
      await this.change(left);
    }
  }

  private change(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.watching.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.watching.add(done);
    });
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      const bound = await this.bind();
      if (bound.ok) {
        const link = bound.value;
        const since = performance.now();
        this.tell(link, null);
        const reason = await link.closed;
        // Whoever binds us and hangs up again and again must not be called every second for ever.
        failures = performance.now() - since < SHORT_LIVED * this.options.firstPauseMs ? failures + 1 : 0;
        this.tell(null, { kind: 'unreachable', reason: this.clean(reason) });
      } else {
        failures += 1;
        this.tell(null, bound.error);
      }
      if (!this.stopped) await this.pause(failures, bound.ok ? null : bound.error);
    }
    this.tell(null, null);
  }

  private tell(link: SmppLink | null, problem: BindProblem | null): void {
    this.current = link;
    this.problem = problem;
    this.options.changed(link ? { kind: 'bound' } : { kind: 'unbound', problem }, link);
    for (const done of this.watching) done();
  }

  private async pause(failures: number, problem: BindProblem | null): Promise<void> {
    const { firstPauseMs, mostPauseMs } = this.options;
    const doubled = Math.min(mostPauseMs, firstPauseMs * 2 ** Math.max(0, failures - 1));
    const ms = problem?.kind === 'credentials' ? mostPauseMs : doubled * (0.75 + Math.random() / 2);
    this.pausing = true;
    for (const done of this.watching) done();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.pausing = false;
  }

  /** With each password in turn, on a connection of its own: many SMSCs hang up after a wrong one. */
  private async bind(): Promise<Result<SmppLink, BindProblem>> {
    let problem: BindProblem = { kind: 'credentials', reason: 'the account has no password' };
    for (const password of smscOf(this.options.account).passwords) {
      const bound = await this.bindWith(password);
      if (bound.ok) return bound;
      problem = bound.error;
      if (problem.kind !== 'credentials' || this.stopped) break;
    }
    return fail(problem);
  }

  private async bindWith(password: string): Promise<Result<SmppLink, BindProblem>> {
    const { account, role, connect } = this.options;
    const { address, systemId, systemType, addressRange } = smscOf(account);
    const { signal } = this.stopping;
    let link: SmppLink;
    try {
      link = new SmppLink(await connectSmsc(address, { ...connect, signal }), this.options);
    } catch (error) {
      return fail(this.unreachable(error));
    }
    const unwanted = (): void => link.close('nobody wants it any more');
    signal.addEventListener('abort', unwanted, { once: true });
    const answer = await link.ask(`bind_${role}`, {
      system_id: systemId,
      password,
      system_type: systemType,
      interface_version: SMPP_3_4,
      addr_ton: 0,
      addr_npi: 0,
      address_range: addressRange,
    });
    signal.removeEventListener('abort', unwanted);
    if (answer.ok && answer.value.status === ESME_ROK) return ok(link);
    link.close('it was not bound');
    if (!answer.ok) return fail({ kind: 'unreachable', reason: this.clean(answer.error.reason) });
    const name = statusName(answer.value.status);
    return fail(
      WRONG_CREDENTIALS.has(answer.value.status)
        ? { kind: 'credentials', reason: `the SMSC refuses the system id or the password (${name})` }
        : {
            kind: 'unreachable',
            reason: `the SMSC refuses the bind (${name})${HINTS[answer.value.status] ?? ''}`,
          },
    );
  }

  private unreachable(error: unknown): BindProblem {
    const said = this.clean(error instanceof Error ? error.message || String(error) : String(error));
    if (!(error instanceof NotPublic)) return { kind: 'unreachable', reason: said };
    const reason =
      `${said}. An Admin has to correct the host of this carrier account; whoever runs Partyline can allow an ` +
      'address inside of the own network in PARTYLINE_CARRIER_ALLOW_ORIGINS';
    return { kind: 'credentials', reason };
  }

  private clean(text: string): string {
    return redactSecrets(text, Object.values(this.options.account.secrets));
  }
}
