import { answersTo } from '../keyword-answers.js';

/**
 * What Bird, and MessageBird before it, answers on every SMS number.
 * Source: https://docs.bird.com/applications/channels/channels/supported-channels/sms/concepts/opt-in-and-opt-out-compliance
 */
export const birdAnswersKeyword = answersTo(
  'STOP STOPALL END QUIT CANCEL UNSUBSCRIBE ARRET HALT DETENER PARAR FERMA ' +
    'START BEGIN RESUME REVERT UNSTOP NONARRET ' +
    'HELP INFO AIDE HULP HILFE AYUDA AJUDA AIUTO',
);
