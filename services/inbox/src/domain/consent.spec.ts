import { describe, expect, it } from '@jest/globals';
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
    expect(consentWord(text)).toEqual({ keyword, word });
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
    expect(consentWord(text)).toBeNull();
  });
});
