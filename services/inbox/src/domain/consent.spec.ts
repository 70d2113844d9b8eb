import { describe, expect, it } from '@jest/globals';
import { CONSENT_LANGUAGES, type ConsentLanguage } from '@partyline/contracts';
import { consentWord } from './consent.js';

describe('a consent word', () => {
  it.each([
    ['STOP', 'stop', 'STOP'],
    ['stop', 'stop', 'STOP'],
    ['  Stop!  ', 'stop', 'STOP'],
    ['"STOP".', 'stop', 'STOP'],
    ['stop 🛑', 'stop', 'STOP'],
    ['ＳＴＯＰ', 'stop', 'STOP'],
    ['stop\u200b', 'stop', 'STOP'],
    ['StopAll', 'stop', 'STOPALL'],
    ['stop all', 'stop', 'STOPALL'],
    ['Unsubscribe', 'stop', 'UNSUBSCRIBE'],
    ['cancel', 'stop', 'CANCEL'],
    ['End.', 'stop', 'END'],
    ['quit', 'stop', 'QUIT'],
    ['revoke', 'stop', 'REVOKE'],
    ['opt-out', 'stop', 'OPTOUT'],
    ['optout', 'stop', 'OPTOUT'],
    ['start', 'start', 'START'],
    ['Unstop', 'start', 'UNSTOP'],
    ['help?', 'help', 'HELP'],
  ])('is found in %j', (text, keyword, word) => {
    expect(consentWord(text, [])).toEqual({ keyword, word, language: 'en' });
  });

  it.each([
    '',
    '!!!',
    "please don't stop",
    'stop by at five',
    'nonstop',
    'unstoppable',
    'stops',
    'weekend',
    'The end',
    'cancel my order',
    'I need help',
    'starting now',
    'constructor',
    's top',
  ])('is not found in %j', (text) => {
    expect(consentWord(text, CONSENT_LANGUAGES)).toBeNull();
  });

  it.each<[ConsentLanguage, string, string, string]>([
    ['fr', 'Arrêt', 'stop', 'ARRET'],
    ['fr', 'aide', 'help', 'AIDE'],
    ['es', '¡Baja!', 'stop', 'BAJA'],
    ['es', 'ayuda', 'help', 'AYUDA'],
    ['de', 'aufhören', 'stop', 'AUFHOREN'],
    ['de', 'Stopp.', 'stop', 'STOPP'],
    ['pt', 'começar', 'start', 'COMECAR'],
    ['it', 'Annulla', 'stop', 'ANNULLA'],
    ['nl', 'afmelden', 'stop', 'AFMELDEN'],
  ])(
    'in %s: %j counts where the company writes that language, and only there',
    (language, text, keyword, word) => {
      expect(consentWord(text, [language])).toEqual({ keyword, word, language });
      expect(consentWord(text, [])).toBeNull();
    },
  );

  it.each([...CONSENT_LANGUAGES])('STOP holds in %s, too', (language) => {
    expect(consentWord('stop', [language])).toEqual({ keyword: 'stop', word: 'STOP', language: 'en' });
  });
});
