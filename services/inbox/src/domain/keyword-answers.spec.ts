import { describe, expect, it } from '@jest/globals';
import { CONSENT_LANGUAGES, type KeywordAnswers } from '@partyline/contracts';
import { consentWord, type ConsentWord } from './consent.js';
import { answerTo, STANDARD_ANSWERS, USUAL_ANSWERS } from './keyword-answers.js';

const ALL = CONSENT_LANGUAGES.flatMap((language) =>
  Object.entries(STANDARD_ANSWERS[language]).map(([keyword, text]) => [language, keyword, text] as const),
);
const stop = (language: ConsentWord['language']): ConsentWord => ({
  keyword: 'stop',
  word: 'STOP',
  language,
});
const own = (stopText: string): Partial<KeywordAnswers> => ({ stop: stopText });

describe('the answer to a keyword', () => {
  it.each(ALL)(
    'in %s to %s says how to change one’s mind, and is no keyword itself',
    (_language, keyword, text) => {
      expect(text).toContain(keyword === 'stop' ? 'START' : 'STOP');
      expect(text.length).toBeLessThanOrEqual(160);
      expect(consentWord(text, CONSENT_LANGUAGES)).toBeNull();
    },
  );

  it.each([
    ['a word of its language in that language', stop('de'), USUAL_ANSWERS, STANDARD_ANSWERS.de.stop],
    ['an English word in English', stop('en'), USUAL_ANSWERS, STANDARD_ANSWERS.en.stop],
    [
      'an English word in the language of the company',
      stop('en'),
      { answersIn: 'fr' as const, answers: {} },
      STANDARD_ANSWERS.fr.stop,
    ],
    [
      'in the company’s own words where it has some',
      stop('es'),
      { answersIn: 'en' as const, answers: { es: own('Adiós') } },
      'Adiós',
    ],
    [
      'in the usual words where it has some for another word only',
      { ...stop('es'), keyword: 'help' as const },
      { answersIn: 'en' as const, answers: { es: own('Adiós') } },
      STANDARD_ANSWERS.es.help,
    ],
  ])('is %s', (_case, word, settings, text) => {
    expect(answerTo(word, settings)).toBe(text);
  });
});
