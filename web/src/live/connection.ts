import type { LiveEventName, LiveEvents } from '@partyline/contracts';
import { useSyncExternalStore } from 'react';
import { API } from '../api/url.js';
import { session } from '../api/session.js';
import { nextDelay } from './backoff.js';

/** No event and no heartbeat for this long: the stream is dead, whatever the browser believes. The server beats every 15 s. */
const SILENCE_MS = 35_000;

export interface ConnectionState {
  readonly state: 'connecting' | 'live' | 'offline';
  /** Since when it is not live. */
  readonly since: Date | null;
}
type Handlers = { [N in LiveEventName]: (data: LiveEvents[N], resumed: boolean) => void };

const NAMES: readonly LiveEventName[] = [
  'ready',
  'reset',
  'conversation',
  'counts',
  'cursor',
  'notification',
  'directory',
  'typing',
  'viewing',
];

/** The event stream of this window: reconnects by itself, resumes where it was, and notices when it died silently. */
class Connection {
  private source: EventSource | null = null;
  private position: string | null = null;
  private resumed = false;
  private attempt = 0;
  private lastSign = 0;
  private beats = false;
  private handlers: Handlers | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private current: ConnectionState = { state: 'connecting', since: null };
  private readonly listeners = new Set<() => void>();

  readonly get = (): ConnectionState => this.current;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(handlers: Handlers): void {
    this.handlers = handlers;
    this.watch = setInterval(() => this.check(), 5000);
    document.addEventListener('visibilitychange', this.onVisible);
    addEventListener('online', this.reconnectNow);
    addEventListener('offline', this.onOffline);
    this.open();
  }

  stop(): void {
    this.handlers = null;
    this.position = null;
    this.attempt = 0;
    clearInterval(this.watch);
    clearTimeout(this.retry);
    document.removeEventListener('visibilitychange', this.onVisible);
    removeEventListener('online', this.reconnectNow);
    removeEventListener('offline', this.onOffline);
    this.close();
    this.become('connecting');
  }

  private open(): void {
    this.close();
    clearTimeout(this.retry);
    this.resumed = this.position !== null;
    const query = this.position === null ? '' : `?lastEventId=${encodeURIComponent(this.position)}`;
    const source = new EventSource(`${API}/events${query}`);
    this.source = source;
    this.lastSign = Date.now();
    source.addEventListener('open', () => {
      this.lastSign = Date.now();
    });
    source.addEventListener('error', () => this.onError(source));
    // Scripts never hear of comments: silence means something only on a server that beats with an event.
    source.addEventListener('heartbeat', () => {
      this.beats = true;
      this.lastSign = Date.now();
    });
    for (const name of NAMES) {
      source.addEventListener(name, (event: MessageEvent<string>) => this.receive(name, event));
    }
  }

  private receive<N extends LiveEventName>(name: N, event: MessageEvent<string>): void {
    this.lastSign = Date.now();
    const data = JSON.parse(event.data) as LiveEvents[N];
    if (event.lastEventId !== '') this.position = event.lastEventId;
    if (name === 'ready' || name === 'reset') {
      this.position = (data as LiveEvents['ready']).position;
      this.attempt = 0;
      this.become('live');
    }
    this.handlers?.[name](data, this.resumed);
  }

  private onError(source: EventSource): void {
    if (source !== this.source) return;
    this.close();
    this.become('offline');
    this.retry = setTimeout(() => void this.reopen(), nextDelay(this.attempt++, Math.random()));
  }

  /** The stream is authenticated by the cookie of the access token, which renewing sets. */
  private async reopen(): Promise<void> {
    try {
      if (!(await session.ensureFresh())) return;
      if (this.handlers) this.open();
    } catch {
      this.retry = setTimeout(() => void this.reopen(), nextDelay(this.attempt++, Math.random()));
    }
  }

  private check(): void {
    if (!this.source || !this.beats || Date.now() - this.lastSign < SILENCE_MS) return;
    this.onError(this.source);
  }

  private readonly onVisible = (): void => {
    if (document.visibilityState !== 'visible') return;
    // A laptop that slept: timers stood still, so the stream may be long dead.
    if (this.current.state !== 'live' || Date.now() - this.lastSign >= SILENCE_MS) this.reconnectNow();
  };

  private readonly reconnectNow = (): void => {
    if (this.current.state === 'live' && Date.now() - this.lastSign < SILENCE_MS) return;
    clearTimeout(this.retry);
    void this.reopen();
  };

  private readonly onOffline = (): void => {
    if (this.source) this.onError(this.source);
  };

  private close(): void {
    this.source?.close();
    this.source = null;
  }

  private become(state: ConnectionState['state']): void {
    if (state === this.current.state) return;
    const since = state === 'live' ? null : (this.current.since ?? new Date());
    this.current = { state, since };
    for (const listener of this.listeners) listener();
  }
}

export const connection = new Connection();

export function useConnection(): ConnectionState {
  return useSyncExternalStore(connection.subscribe, connection.get);
}
