import type { LoginAnswer, Me } from '@partyline/contracts';
import { useSyncExternalStore } from 'react';
import { createClient, Refused, Unreachable } from '@partyline/client';
import { API } from './url.js';

/** `unreachable`: whether one is signed in is not known yet. */
export type SessionState =
  | { readonly state: 'starting' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'signed-out' }
  | { readonly state: 'signed-in'; readonly me: Me };

/** Renew when this much of the access token's life is left, in milliseconds. */
const EARLY_MS = 60_000;
const LOCK = 'partyline.refresh';

interface Shared {
  readonly token: string;
  readonly expiresAt: number;
  readonly me: Me;
}

/**
 * The access token lives in memory only. The refresh cookie rotates and a second use of one revokes all, so windows
 * of one browser renew one after the other (Web Locks) and tell each other what they got.
 */
class Session {
  /** With the token at hand only: what is asked here decides whether there is another. */
  private readonly auth = createClient({ url: API, token: () => this.token }).auth;
  private current: SessionState = { state: 'starting' };
  private token = '';
  private expiresAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private renewing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly channel =
    'BroadcastChannel' in globalThis ? new BroadcastChannel('partyline.session') : null;

  constructor() {
    this.channel?.addEventListener('message', (event: MessageEvent<Shared | 'signed-out'>) => {
      if (event.data === 'signed-out') this.leave();
      else if (event.data.expiresAt > this.expiresAt && this.isSameUser(event.data.me))
        this.adopt(event.data);
    });
  }

  readonly get = (): SessionState => this.current;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  get accessToken(): string {
    return this.token;
  }
  /** Milliseconds since 1970. */
  get expires(): number {
    return this.expiresAt;
  }

  async signIn(email: string, password: string): Promise<void> {
    this.share(await this.auth.signIn({ email, password }));
  }

  async signOut(): Promise<void> {
    try {
      await this.auth.signOut();
    } finally {
      this.channel?.postMessage('signed-out');
      this.leave();
    }
  }

  /** A new access token by the refresh cookie; false when one has to sign in again. Throws Unreachable. */
  renew(): Promise<boolean> {
    this.renewing ??= this.renewOnce().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  /** A token that is good for some seconds more. */
  async ensureFresh(): Promise<boolean> {
    return this.expiresAt - Date.now() > 5000 ? true : this.renew();
  }

  async start(): Promise<void> {
    try {
      await this.renew();
    } catch {
      this.become({ state: 'unreachable' });
    }
  }

  readonly updateMe = (me: Me): void => {
    if (this.current.state === 'signed-in' && this.isSameUser(me)) this.become({ state: 'signed-in', me });
  };

  private async renewOnce(): Promise<boolean> {
    const before = this.expiresAt;
    const attempt = async (): Promise<boolean> => {
      // Another window was first and told this one.
      if (this.expiresAt > before && this.expiresAt - Date.now() > EARLY_MS) return true;
      try {
        this.share(await this.auth.refresh());
        return true;
      } catch (error) {
        if (error instanceof Refused && error.problem.status < 500 && error.code !== 'RATE_LIMITED') {
          this.leave();
          return false;
        }
        throw error instanceof Refused ? new Unreachable() : error;
      }
    };
    return 'locks' in navigator ? navigator.locks.request(LOCK, attempt) : attempt();
  }

  private share(answer: LoginAnswer): void {
    const shared = {
      token: answer.accessToken,
      expiresAt: Date.now() + answer.expiresIn * 1000,
      me: answer.me,
    };
    this.adopt(shared);
    this.channel?.postMessage(shared);
  }

  private isSameUser(me: Me): boolean {
    return this.current.state !== 'signed-in' || this.current.me.id === me.id;
  }

  private adopt({ token, expiresAt, me }: Shared): void {
    this.token = token;
    this.expiresAt = expiresAt;
    clearTimeout(this.timer);
    const delay = Math.max(1000, expiresAt - Date.now() - EARLY_MS);
    this.timer = setTimeout(() => void this.renew().catch(() => this.retryLater()), delay);
    this.become({ state: 'signed-in', me });
  }

  private retryLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.renew().catch(() => this.retryLater()), 5000);
  }

  private leave(): void {
    clearTimeout(this.timer);
    this.token = '';
    this.expiresAt = 0;
    this.become({ state: 'signed-out' });
  }

  private become(next: SessionState): void {
    this.current = next;
    for (const listener of this.listeners) listener();
  }
}

export const session = new Session();

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.get);
}

/** The signed-in person; only below the shell, which stands only when somebody is. */
export function useMe(): Me {
  const state = useSession();
  if (state.state !== 'signed-in') throw new Error('Nobody is signed in here');
  return state.me;
}
