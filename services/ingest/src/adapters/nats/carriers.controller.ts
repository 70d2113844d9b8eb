import { Controller } from '@nestjs/common';
import { Answers } from '@partyline/bus';
import { ListCarriers, TryMapping, type tryMappingBody } from '@partyline/contracts';
import { ok } from '@partyline/kernel';
import type { z } from 'zod';
import { DescribeCarriers } from '../../application/describe-carriers.js';

@Controller()
export class CarriersController {
  constructor(private readonly carriers: DescribeCarriers) {}

  @Answers(ListCarriers)
  list() {
    return Promise.resolve(ok(this.carriers.list()));
  }

  @Answers(TryMapping)
  tryMapping(request: z.infer<typeof tryMappingBody>) {
    return Promise.resolve(ok(this.carriers.tryMapping(request)));
  }
}
