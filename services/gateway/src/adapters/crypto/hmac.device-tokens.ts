import { derivedId, newId } from '@partyline/kernel';
import { DeviceTokens } from '../../application/sessions/tokens.js';
import { SignedText } from './signed-text.js';

/** `<device>.<hash of the email>.<signature>`: good for one account only. */
export class HmacDeviceTokens extends DeviceTokens {
  private readonly signed: SignedText;

  constructor(secret: string) {
    super();
    this.signed = new SignedText(secret, 'partyline device token v1');
  }

  override issue(email: string): string {
    return this.signed.sign(`${newId('dv')}.${derivedId('em', email)}`);
  }

  override read(token: string | undefined, email: string): string | null {
    const [device, account] = (this.signed.open(token ?? '') ?? '').split('.');
    return device !== undefined && device !== '' && account === derivedId('em', email) ? device : null;
  }
}
