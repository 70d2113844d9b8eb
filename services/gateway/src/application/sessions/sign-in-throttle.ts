export interface SignInAttempt {
  readonly email: string;
  readonly ip: string;
  /** A browser that has signed in to this account before. */
  readonly deviceId: string | null;
}

/**
 * Slows guessing down without letting a stranger lock somebody out. Failures are counted by IP address, and by account
 * for browsers that the account does not know; a browser that has signed in to it before has a count of its own, so
 * that its owner gets in while others guess (OWASP: "Slow Down Online Guessing Attacks with Device Cookies").
 */
export abstract class SignInThrottle {
  /** Counts the attempt before it is made, so that many at once cannot slip through. Throws Refused RATE_LIMITED. */
  abstract begin(attempt: SignInAttempt): Promise<void>;
  /** It was right: it does not count. */
  abstract succeeded(attempt: SignInAttempt): Promise<void>;
}
