import type { changeTagBody, newTagBody, Tag } from '@partyline/contracts';
import type { z } from 'zod';
import type { Call } from '../request.js';
import { resource } from '../resource.js';

export function adminTagsCalls(call: Call) {
  const { create, change } = resource<Tag, z.input<typeof newTagBody>, z.input<typeof changeTagBody>>(
    call,
    '/admin/tags',
  );
  return { create, change };
}
