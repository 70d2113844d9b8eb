import { Get } from '@nestjs/common';
import { ListQuietNumbers, quietNumberSchema, type QuietNumber } from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Needs } from '../auth/permission.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { QUIET_NUMBER } from '../openapi/examples/arrivals.js';
import { name } from '../openapi/schema-registry.js';
import { asViewer, Caller } from '../request.js';

name(quietNumberSchema, 'QuietNumber', QUIET_NUMBER);

@Api('admin/quiet-numbers', 'Administration')
@Needs('manageRouting')
export class QuietNumbersController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'Numbers that usually get texts and have had none for longer than they should',
    description:
      'A number is quiet when it has had no text for a time in which the same hours of the week brought at least five in ' +
      'each of the four weeks before. `quietAlert: false` of a number turns that off for it.',
    answer: z.array(quietNumberSchema),
    refusals: ['FORBIDDEN'],
  })
  list(@Caller() me: Principal): Promise<QuietNumber[]> {
    return this.services.query(ListQuietNumbers, asViewer(me));
  }
}
