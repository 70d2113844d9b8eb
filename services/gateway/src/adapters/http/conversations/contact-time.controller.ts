import { Get, Query } from '@nestjs/common';
import { contactTimeQuery, contactTimeSchema, GetContactTime, type ContactTime } from '@partyline/contracts';
import type { z } from 'zod';
import { Services } from '../../../application/services.js';
import type { Principal } from '../../../domain/account.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';

@Api('contact-time', 'Contacts')
export class ContactTimeController {
  constructor(private readonly services: Services) {}

  @Get()
  @Endpoint({
    summary: 'What time is it where these numbers are, and when is it quiet there?',
    description:
      'By the region of the numbers: a hint for whoever writes to them, which nothing is held to. `quiet` is the quiet ' +
      'time that is now (`from` is past) or the next one; where several time zones are possible, while it is quiet in ' +
      'any of them. Short codes, names and toll-free numbers tell no time zone.',
    answer: contactTimeSchema,
    refusals: ['VALIDATION', 'FORBIDDEN'],
  })
  get(
    @Caller() me: Principal,
    @Query({ schema: contactTimeQuery }) { numbers }: z.infer<typeof contactTimeQuery>,
  ): Promise<ContactTime> {
    return this.services.query(GetContactTime, { ...asViewer(me), numbers });
  }
}
