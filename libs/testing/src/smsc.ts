import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A text that the SMSC was given. `content` and the values of `optional` are hexadecimal. */
export interface SubmittedText {
  readonly id: number;
  readonly from: { readonly ton: number; readonly npi: number; readonly digits: string };
  readonly to: { readonly ton: number; readonly npi: number; readonly digits: string };
  readonly esmClass: number;
  readonly registered: number;
  readonly coding: number;
  readonly content: string;
  readonly optional: Readonly<Record<string, string>>;
  readonly step: SubmitStep;
}

/** What becomes of a submit_sm: it is taken; refused with a status; the line is cut; nothing is said. */
export type SubmitStep = 'take' | 'cut' | 'silent' | number;

export interface DeliveredText {
  readonly from: string;
  readonly to: string;
  readonly fromTon?: number;
  readonly toTon?: number;
  readonly esmClass?: number;
  readonly coding?: number;
  /** Hexadecimal. */
  readonly content: string;
  readonly optional?: Readonly<Record<string, string>>;
  readonly command?: 'deliver_sm' | 'data_sm';
}

export interface SmscSettings {
  readonly password?: string;
  /** The state that receipts tell; none are sent unless it is set. */
  readonly receipts?: string;
  readonly receiptIds?: 'decimal' | 'hex-decimal';
  /** So many answers to texts get lost, each with its connection. */
  readonly loseAnswers?: number;
  /** How long it waits before it hands over again what was refused for now, milliseconds. */
  readonly retryMs?: number;
  /** How many texts it hands over without an answer. */
  readonly window?: number;
  /** Takes connections and says nothing. */
  readonly mute?: boolean;
}

const MAIN = fileURLToPath(new URL('../smsc/main.mjs', import.meta.url));

/** After these it hands a text over again. */
const COME_AGAIN = new Set([0x14, 0x58]);

interface Answered {
  readonly key: string;
  readonly status: number;
  readonly tries: number;
}

/** An SMSC as a process that can be killed, with an encoding of SMPP of its own. */
export class TestSmsc {
  readonly submitted: SubmittedText[] = [];
  /** What became of the texts that it handed over. */
  readonly answered: Answered[] = [];
  refusedBinds = 0;
  port = 0;
  private child: ChildProcess | undefined;
  private calls = 0;
  private readonly expecting = new Map<string, (answered: Answered) => void>();
  private settings: SmscSettings = {};

  async start(): Promise<void> {
    const child = fork(MAIN, [String(this.port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.child = child;
    child.on('message', (message: { event?: string; port?: number }) => this.hear(message));
    while (this.port === 0) await once(child, 'message');
    await this.set(this.settings);
  }

  /** As a crash would end it. */
  async kill(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async set(settings: SmscSettings): Promise<void> {
    const { loseAnswers: _once, ...lasting } = settings;
    this.settings = { ...this.settings, ...lasting };
    await this.order('set', settings);
  }

  /** What becomes of the next texts to this number, one after the other; after that they are taken. */
  rule(to: string, ...steps: SubmitStep[]): Promise<unknown> {
    return this.order('rule', { to, steps });
  }

  /** Hands the text over until it is taken or refused for good. */
  deliver(key: string, text: DeliveredText): Promise<unknown> {
    return this.order('deliver', { key, ...text });
  }

  /** Resolves with its last answer, when the text was taken or refused for good. `key`: nobody else's. */
  async handOver(key: string, text: DeliveredText): Promise<Answered> {
    const answered = new Promise<Answered>((resolve) => this.expecting.set(key, resolve));
    await this.deliver(key, text);
    return answered;
  }

  /** Writes bytes to whoever is bound to receive. */
  raw(bytes: Uint8Array): Promise<unknown> {
    return this.order('raw', { hex: Buffer.from(bytes).toString('hex') });
  }

  /** Cuts every connection. */
  cut(): Promise<unknown> {
    return this.order('cut', {});
  }

  /** The command ids of the binds that stand: 1 receives, 2 transmits. */
  async binds(): Promise<number[]> {
    return (await this.order('binds', {})) as number[];
  }

  private async order(order: string, given: object): Promise<unknown> {
    const child = this.child;
    if (!child) throw new Error('the SMSC does not run');
    this.calls += 1;
    const call = this.calls;
    return new Promise((resolve) => {
      const hear = (message: { call?: number; answer?: unknown }): void => {
        if (message.call !== call) return;
        child.off('message', hear);
        resolve(message.answer);
      };
      child.on('message', hear);
      child.send({ order, call, ...given });
    });
  }

  private hear(message: { event?: string; port?: number }): void {
    if (message.event === 'listening') this.port = message.port ?? 0;
    if (message.event === 'refused') this.refusedBinds += 1;
    if (message.event === 'submitted') this.submitted.push(message as unknown as SubmittedText);
    if (message.event === 'answered') this.hearAnswer(message as unknown as Answered);
  }

  private hearAnswer(answered: Answered): void {
    this.answered.push(answered);
    if (COME_AGAIN.has(answered.status)) return;
    this.expecting.get(answered.key)?.(answered);
    this.expecting.delete(answered.key);
  }
}
