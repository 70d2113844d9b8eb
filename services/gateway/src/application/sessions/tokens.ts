export interface AccessClaims {
  readonly tenantId: string;
  readonly userId: string;
  readonly sessionId: string;
}

/** Short-lived proof of a session, sent with each request. */
export abstract class AccessTokens {
  /** Seconds. */
  abstract readonly lifetime: number;
  abstract issue(claims: AccessClaims): Promise<string>;
}

export interface RefreshClaims {
  readonly tenantId: string;
  readonly sessionId: string;
  readonly generation: number;
}

/** What buys the next access token; only we can make one, and the same claims always give the same token. */
export abstract class RefreshTokens {
  abstract issue(claims: RefreshClaims): string;
  /** null for whatever we did not make. */
  abstract read(token: string): RefreshClaims | null;
}

/** Marks a browser from which an account was signed in to before. */
export abstract class DeviceTokens {
  abstract issue(email: string): string;
  /** The device's id, where the token is ours and for this account. */
  abstract read(token: string | undefined, email: string): string | null;
}
