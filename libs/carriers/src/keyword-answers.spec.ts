import { describe, expect, it } from '@jest/globals';
import { answeredByCarrier } from './keyword-answers.js';
import { ALL_CARRIERS, findAnyCarrier } from './registry.js';

const LONG_CODE = '+12125550101';
const TOLL_FREE = '+18885550101';
const SHORT_CODE = '55512';

function answers(
  carrierId: string,
  text: string,
  to = LONG_CODE,
  settings: Readonly<Record<string, string>> = {},
): boolean {
  const carrier = findAnyCarrier(carrierId);
  if (!carrier) throw new Error(`There is no carrier ${carrierId}`);
  return answeredByCarrier(carrier, settings, { to, text });
}

describe('who answers a keyword', () => {
  it.each<[string, string[], string[]]>([
    ['twilio', ['STOP', 'stop all', 'Opt-out', 'revoke', 'START', 'Help'], ['ALTO', 'ARRET']],
    ['telnyx', ['STOP', 'Stop All', 'quit', 'UNSTOP', 'help'], ['REVOKE', 'OPTOUT', 'ALTO']],
    ['signalwire', ['STOP', 'HELP'], ['ALTO']],
    ['messagebird', ['STOP', 'arrêt', 'PARAR', 'HILFE', 'START'], ['ALTO', 'REVOKE']],
    ['bird', ['STOP', 'arrêt', 'PARAR', 'HILFE', 'START'], ['ALTO', 'REVOKE']],
    ['aws', ['STOP', 'ARRET', 'OPT-OUT', 'HELP'], ['START', 'UNSTOP', 'ALTO']],
    ['azure', ['STOP', 'START', 'UNSTOP'], ['HELP', 'CANCEL']],
    ['plivo', ['HELP'], ['STOP', 'START', 'CANCEL']],
    ['vonage', [], ['STOP', 'START', 'HELP']],
    ['bandwidth', [], ['STOP', 'START', 'HELP']],
    ['sinch', [], ['STOP', 'START', 'HELP']],
    ['infobip', [], ['STOP', 'START', 'HELP']],
    ['clickatell', [], ['STOP', 'START', 'HELP']],
    ['kaleyra', [], ['STOP', 'START', 'HELP']],
    ['generic', [], ['STOP', 'START', 'HELP']],
    ['jasmin', [], ['STOP', 'START', 'HELP']],
    ['smpp', [], ['STOP', 'START', 'HELP']],
    ['simulator', [], ['STOP', 'START', 'HELP']],
  ])('on a long code: %s answers %j, and leaves %j to us', (carrier, theirs, ours) => {
    expect(theirs.filter((text) => !answers(carrier, text))).toEqual([]);
    expect(ours.filter((text) => answers(carrier, text))).toEqual([]);
  });

  it.each(ALL_CARRIERS.map(({ id }) => id))(
    'on a toll-free number the network answers STOP and START, whatever %s does or is set to',
    (carrier) => {
      for (const text of ['STOP', 'stop.', 'START', 'UNSTOP', 'ARRÊT']) {
        expect(answers(carrier, text, TOLL_FREE)).toBe(true);
        expect(answers(carrier, text, TOLL_FREE, { keywordAnswers: 'partyline' })).toBe(true);
      }
      expect(answers(carrier, 'CANCEL', TOLL_FREE, { keywordAnswers: 'partyline' })).toBe(false);
    },
  );

  it('Vonage answers on short codes, which it registers with their words', () => {
    expect(answers('vonage', 'STOP', SHORT_CODE)).toBe(true);
    expect(answers('vonage', 'HELP', SHORT_CODE)).toBe(true);
  });

  it('an account that is set up otherwise at the carrier says so', () => {
    expect(answers('twilio', 'STOP', LONG_CODE, { keywordAnswers: 'partyline' })).toBe(false);
    expect(answers('bandwidth', 'STOP', LONG_CODE, { keywordAnswers: 'carrier' })).toBe(true);
  });

  it('a carrier that says what it took a text for has answered it, whatever the text and the setting say', () => {
    const twilio = findAnyCarrier('twilio')!;
    const text = { to: LONG_CODE, text: 'NO MORE OF THIS', keyword: 'stop' as const };
    expect(answeredByCarrier(twilio, {}, text)).toBe(true);
    expect(answeredByCarrier(twilio, { keywordAnswers: 'partyline' }, text)).toBe(true);
  });

  it.each(['', ' ', 'please stop', 'S'.repeat(41), '🛑', 'constructor'])(
    'a text that is no word is answered by nobody: %j',
    (text) => {
      expect(answers('twilio', text)).toBe(false);
      expect(answers('twilio', text, TOLL_FREE)).toBe(false);
    },
  );
});
