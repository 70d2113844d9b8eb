import { Get, Query } from '@nestjs/common';
import { Search, searchAnswerSchema, type SearchAnswer } from '@partyline/contracts';
import { z } from 'zod';
import type { Principal } from '../../../domain/account.js';
import { Services } from '../../../application/services.js';
import { Api } from '../openapi/api.js';
import { Endpoint } from '../openapi/endpoint.js';
import { asViewer, Caller } from '../request.js';

const searchQuery = z.object({
  q: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
@Api('', 'Finding')
export class SearchController {
  constructor(private readonly services: Services) {}

  @Get('search')
  @Endpoint({
    summary: 'Find contacts, and conversations by what was written in them',
    description:
      'All words have to be there; the last one may be the beginning of a word. Case and accents do not count. ' +
      'Only in the inboxes that I see.',
    answer: searchAnswerSchema,
    refusals: ['VALIDATION'],
  })
  search(
    @Caller() me: Principal,
    @Query({ schema: searchQuery }) query: z.infer<typeof searchQuery>,
  ): Promise<SearchAnswer> {
    return this.services.query(Search, { ...asViewer(me), ...query });
  }
}
