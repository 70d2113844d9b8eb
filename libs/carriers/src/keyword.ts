/** What a customer's word asks for when a text is nothing else. */
export type Keyword = 'stop' | 'start' | 'help';

/** As a carrier names it, in whatever case; null for anything else. */
export function keywordNamed(name: string | null | undefined): Keyword | null {
  const word = name?.toLowerCase();
  return word === 'stop' || word === 'start' || word === 'help' ? word : null;
}
