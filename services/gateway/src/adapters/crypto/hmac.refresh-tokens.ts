import { RefreshTokens, type RefreshClaims } from '../../application/sessions/tokens.js';
import { SignedText } from './signed-text.js';

const FORM = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{1,64})\.(0|[1-9]\d{0,9})$/;

/**
 * `<tenant>.<session>.<generation>.<signature>`. Signed rather than stored: the database holds nothing that opens a
 * session, and the newest token can be given again to a tab whose answer got lost.
 */
export class HmacRefreshTokens extends RefreshTokens {
  private readonly signed: SignedText;

  constructor(secret: string) {
    super();
    this.signed = new SignedText(secret, 'partyline refresh token v1');
  }

  override issue({ tenantId, sessionId, generation }: RefreshClaims): string {
    return this.signed.sign(`${tenantId}.${sessionId}.${generation}`);
  }

  override read(token: string): RefreshClaims | null {
    const match = FORM.exec(this.signed.open(token) ?? '');
    if (!match) return null;
    const [, tenantId = '', sessionId = '', generation = ''] = match;
    return { tenantId, sessionId, generation: Number(generation) };
  }
}
