import { Injectable, Logger } from '@nestjs/common';
import type { AccountRecording, RecordedRequestDetail, Refusal } from '@partyline/contracts';
import { Clock, fail, newId, ok, type Result } from '@partyline/kernel';
import type { Account } from '../domain/account.js';
import { isOn, type Recording } from '../domain/recording.js';
import { AccountStore } from './account-store.js';
import { Accounts } from './accounts.js';
import { RecordedWebhooks } from './recorded-webhooks.js';
import { notFound } from './refusal.js';

const MINUTE_MS = 60_000;

/** Has what arrives for an account recorded, and shows what did. */
@Injectable()
export class ControlRecording {
  private readonly logger = new Logger(ControlRecording.name);

  constructor(
    private readonly store: AccountStore,
    private readonly accounts: Accounts,
    private readonly recorded: RecordedWebhooks,
    private readonly clock: Clock,
  ) {}

  /** A new recording takes the place of the one before, so there is never more of an account than one holds. */
  async start(
    tenantId: string,
    accountId: string,
    by: string,
    limits: { readonly minutes: number; readonly requests: number },
  ): Promise<Result<AccountRecording, Refusal>> {
    if (!(await this.find(tenantId, accountId))) return notFound(accountId);
    await this.recorded.removeOf(tenantId, accountId);
    const now = this.clock.now();
    const until = new Date(now.getTime() + limits.minutes * MINUTE_MS);
    const recording: Recording = {
      id: newId('rd'),
      startedAt: now,
      startedBy: by,
      until,
      mostRequests: limits.requests,
      kept: 0,
    };
    const account = await this.store.record(tenantId, accountId, recording);
    this.accounts.forget(accountId);
    if (!account) return notFound(accountId);
    this.logger.log(
      `${by} has what arrives for account "${accountId}" recorded until ${until.toISOString()}`,
    );
    return ok(await this.viewOf(account));
  }

  async stop(tenantId: string, accountId: string): Promise<Result<AccountRecording, Refusal>> {
    const account = await this.find(tenantId, accountId);
    if (!account) return notFound(accountId);
    const { recording } = account;
    const now = this.clock.now();
    if (!recording || !isOn(recording, now)) return ok(await this.viewOf(account));
    const stopped = await this.store.record(tenantId, accountId, { ...recording, until: now });
    this.accounts.forget(accountId);
    return stopped ? ok(await this.viewOf(stopped)) : notFound(accountId);
  }

  async show(tenantId: string, accountId: string): Promise<Result<AccountRecording, Refusal>> {
    const account = await this.find(tenantId, accountId);
    return account ? ok(await this.viewOf(account)) : notFound(accountId);
  }

  async request(
    tenantId: string,
    accountId: string,
    id: string,
  ): Promise<Result<RecordedRequestDetail, Refusal>> {
    const found = await this.recorded.find(tenantId, accountId, id);
    if (found) return ok(found);
    return fail({
      code: 'NOT_FOUND',
      message: 'This recorded request is gone: they are kept for three days, and until the next recording.',
    });
  }

  private async find(tenantId: string, accountId: string): Promise<Account | null> {
    const account = await this.store.find(accountId);
    return account?.tenantId === tenantId ? account : null;
  }

  private async viewOf({ tenantId, id, recording }: Account): Promise<AccountRecording> {
    return {
      recording: recording
        ? {
            on: isOn(recording, this.clock.now()),
            startedAt: recording.startedAt.toISOString(),
            startedBy: recording.startedBy,
            until: recording.until.toISOString(),
            mostRequests: recording.mostRequests,
            kept: recording.kept,
          }
        : null,
      requests: await this.recorded.list(tenantId, id),
    };
  }
}
