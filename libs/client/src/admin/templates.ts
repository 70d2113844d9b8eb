import type { changeTemplateBody, newTemplateBody, Template } from '@partyline/contracts';
import type { z } from 'zod';
import type { Call } from '../request.js';
import { resource } from '../resource.js';

export function templatesCalls(call: Call) {
  const { get: _none, ...templates } = resource<
    Template,
    z.input<typeof newTemplateBody>,
    z.input<typeof changeTemplateBody>
  >(call, '/admin/templates');
  return templates;
}
