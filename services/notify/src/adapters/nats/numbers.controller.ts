import { Controller } from '@nestjs/common';
import { Answers, OnEvents, type EventOf } from '@partyline/bus';
import { DirectoryNumberChanged, ListQuietNumbers } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import type { z } from 'zod';
import { ListQuietAlerts } from '../../application/quiet/list-quiet-numbers.js';
import { NumberStore } from '../../application/quiet/ports.js';

/** The tenant's numbers, and which of them are quiet. */
@Controller()
export class NumbersController {
  constructor(
    private readonly numbers: NumberStore,
    private readonly quiet: ListQuietAlerts,
  ) {}

  @OnEvents(DirectoryNumberChanged, { name: 'numbers' })
  async apply(events: readonly EventOf<typeof DirectoryNumberChanged>[]): Promise<void> {
    await this.numbers.apply(
      events.map(({ tenantId, data: { revision, removed, number } }) => ({
        tenantId,
        revision,
        number: { id: number.id, name: number.name, watched: !removed && number.quietAlert !== false },
      })),
    );
  }

  @Answers(ListQuietNumbers)
  async list({ tenantId }: z.infer<typeof ListQuietNumbers.request>) {
    return ok(await this.quiet.execute(tenantId));
  }
}
