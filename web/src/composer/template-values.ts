import type { TemplateValues } from '@partyline/contracts';

/** What the variables of templates stand for here. A contact without a name has no first name either. */
export const valuesOf = (
  contactName: string | null,
  agentName: string,
  inboxName: string | null,
): TemplateValues => ({
  'contact.name': contactName,
  'contact.firstName': contactName?.trim().split(/\s+/)[0] ?? null,
  'agent.name': agentName,
  'inbox.name': inboxName,
});

/** A draft with the words in the place of what is selected, and where the caret goes then. */
export function inserted(
  draft: string,
  words: string,
  from: number,
  to: number,
): { readonly text: string; readonly caret: number } {
  const before = draft.slice(0, from);
  const gap = before === '' || /\s$/.test(before) ? '' : ' ';
  return { text: `${before}${gap}${words}${draft.slice(to)}`, caret: from + gap.length + words.length };
}
