import { Injectable } from '@nestjs/common';
import type { User } from '../../domain/account.js';
import { Accounts } from '../accounts/accounts.js';
import { Refused } from '../refused.js';
import { PasswordHasher } from './password-hasher.js';
import { SignInThrottle } from './sign-in-throttle.js';
import { DeviceTokens } from './tokens.js';

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  readonly deviceToken: string | undefined;
}

/** Whose email and password these are. The answer never tells whether it was the email that was wrong. */
@Injectable()
export class CheckPassword {
  constructor(
    private readonly accounts: Accounts,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly devices: DeviceTokens,
  ) {}

  async execute({ email, password, ip, deviceToken }: Credentials): Promise<User> {
    const attempt = { email, ip, deviceId: this.devices.read(deviceToken, email) };
    await this.throttle.begin(attempt);
    const found = await this.accounts.userByEmail(email);
    const right = await this.hasher.verify(found?.passwordHash ?? null, password);
    if (!found || !right || !found.user.active) {
      throw new Refused('UNAUTHENTICATED', 'Email or password is not right.');
    }
    await this.throttle.succeeded(attempt);
    return found.user;
  }
}
