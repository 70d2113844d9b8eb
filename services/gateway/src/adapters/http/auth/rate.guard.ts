import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';

/** Per signed-in user where there is one, so that an office behind one address is not taken for one client. */
@Injectable()
export class RateGuard extends ThrottlerGuard {
  protected override async getTracker(request: {
    user?: { tenantId: string; userId: string };
    ip: string;
  }): Promise<string> {
    const { user } = request;
    return user === undefined ? await super.getTracker(request) : `${user.tenantId}/${user.userId}`;
  }
}
