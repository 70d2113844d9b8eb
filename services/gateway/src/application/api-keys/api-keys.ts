import type { ApiKey } from '../../domain/api-key.js';

/** The keys of a tenant's machines. They are made and revoked as accounts are changed. */
export abstract class ApiKeys {
  /** Newest first, those that hold no more included: who had which key stays known. */
  abstract list(tenantId: string): Promise<ApiKey[]>;
  abstract find(tenantId: string, id: string): Promise<ApiKey | null>;
  /** It was used now; written once a minute at most. */
  abstract touch(tenantId: string, id: string, now: Date): Promise<void>;
}

export abstract class KeySecrets {
  /** 256 random bits, base64url: 43 characters. */
  abstract make(): string;
  abstract hash(secret: string): string;
  /** In constant time. */
  abstract same(a: string, b: string): boolean;
}
