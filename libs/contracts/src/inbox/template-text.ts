/** What a template can name of the conversation, its contact and who writes. */
export const TEMPLATE_VARIABLES = ['contact.name', 'contact.firstName', 'agent.name', 'inbox.name'] as const;
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

/** What each variable stands for; null: not known. */
export type TemplateValues = Readonly<Record<TemplateVariable, string | null>>;

/** `{{variable}}` or `{{variable|what to say where nothing is known}}`, with the blank before it. */
const SLOT = /( ?)\{\{([^{}]*)\}\}/g;

const isVariable = (name: string): name is TemplateVariable =>
  (TEMPLATE_VARIABLES as readonly string[]).includes(name);

function partsOf(slot: string): { readonly name: string; readonly fallback: string } {
  const [name = '', ...rest] = slot.split('|');
  return { name: name.trim(), fallback: rest.join('|').trim() };
}

/** Why a text cannot be a template, in words for its author; null: it can. */
export function flawOfTemplate(text: string): string | null {
  const unknown = [...text.matchAll(SLOT)]
    .map(([, , slot = '']) => partsOf(slot).name)
    .filter((name) => !isVariable(name));
  const known = TEMPLATE_VARIABLES.map((name) => `{{${name}}}`).join(', ');
  if (unknown.length > 0) {
    const named = [...new Set(unknown)].map((name) => `{{${name}}}`).join(', ');
    return `There is no ${named}. A template can use ${known}.`;
  }
  const rest = text.replaceAll(SLOT, '');
  return rest.includes('{{') || rest.includes('}}')
    ? `Write a variable with two braces on either side, such as {{contact.firstName|there}}. A template can use ${known}.`
    : null;
}

/**
 * The text that people go on writing from. What is not known gives its fallback; without one it leaves no gap. What a
 * value holds is taken as it is, even where it looks like a variable.
 */
export function renderTemplate(text: string, values: TemplateValues): string {
  return text.replaceAll(SLOT, (whole, blank: string, slot: string) => {
    const { name, fallback } = partsOf(slot);
    if (!isVariable(name)) return whole;
    const words = values[name]?.trim() || fallback;
    return words === '' ? '' : `${blank}${words}`;
  });
}
