import type { ConsentLanguage } from '@partyline/contracts';

const names = new Intl.DisplayNames(['en'], { type: 'language' });

export const languageName = (language: ConsentLanguage): string => names.of(language) ?? language;
