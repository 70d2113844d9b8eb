import type { ConsentLanguage, KeywordAnswers, OwnAnswers } from '@partyline/contracts';
import type { ConsentWord } from './consent.js';

/** What a company has set up of its answers to STOP, START and HELP. */
export interface AnswerSettings {
  /** The language of answers to English words, which count everywhere. */
  readonly answersIn: ConsentLanguage;
  /** The company's own texts, where it has some. */
  readonly answers: Readonly<OwnAnswers>;
}

export const USUAL_ANSWERS: AnswerSettings = { answersIn: 'en', answers: {} };

/** What is sent where a company has no words of its own. START and STOP themselves count in every language. */
export const STANDARD_ANSWERS: Readonly<Record<ConsentLanguage, KeywordAnswers>> = {
  en: {
    stop: 'You are unsubscribed and will get no more texts from this number. Reply START to get them again.',
    start: 'You are subscribed again and will get texts from this number. Reply STOP to unsubscribe.',
    help: 'Write to this number and we will answer you here. Reply STOP to get no more texts. Message and data rates may apply.',
  },
  es: {
    stop: 'Se ha dado de baja y no le enviaremos más mensajes desde este número. Responda START para volver a recibirlos.',
    start: 'Vuelve a recibir mensajes de este número. Responda STOP para darse de baja.',
    help: 'Escriba a este número y le responderemos por aquí. Responda STOP para no recibir más mensajes.',
  },
  fr: {
    stop: 'Vous êtes désabonné et ne recevrez plus de messages de ce numéro. Répondez START pour en recevoir de nouveau.',
    start: 'Vous recevrez de nouveau les messages de ce numéro. Répondez STOP pour vous désabonner.',
    help: 'Écrivez à ce numéro et nous vous répondrons ici. Répondez STOP pour ne plus recevoir de messages.',
  },
  de: {
    stop: 'Sie sind abgemeldet und bekommen keine Nachrichten von dieser Nummer mehr. Mit START melden Sie sich wieder an.',
    start:
      'Sie sind wieder angemeldet und bekommen Nachrichten von dieser Nummer. Mit STOP melden Sie sich ab.',
    help: 'Schreiben Sie an diese Nummer, wir antworten Ihnen hier. Mit STOP bekommen Sie keine Nachrichten mehr.',
  },
  pt: {
    stop: 'A sua subscrição foi cancelada e não receberá mais mensagens deste número. Responda START para voltar a recebê-las.',
    start: 'Voltará a receber mensagens deste número. Responda STOP para cancelar.',
    help: 'Escreva para este número e responderemos por aqui. Responda STOP para não receber mais mensagens.',
  },
  it: {
    stop: 'La sua iscrizione è annullata e non riceverà altri messaggi da questo numero. Risponda START per riceverli di nuovo.',
    start: 'Riceverà di nuovo i messaggi da questo numero. Risponda STOP per annullare.',
    help: 'Scriva a questo numero e le risponderemo qui. Risponda STOP per non ricevere altri messaggi.',
  },
  nl: {
    stop: 'U bent afgemeld en krijgt geen berichten meer van dit nummer. Antwoord START om ze weer te krijgen.',
    start: 'U bent weer aangemeld en krijgt berichten van dit nummer. Antwoord STOP om u af te melden.',
    help: 'Schrijf naar dit nummer en wij antwoorden u hier. Antwoord STOP om geen berichten meer te krijgen.',
  },
};

/** What a customer who wrote this word is answered. */
export function answerTo({ keyword, language }: ConsentWord, { answersIn, answers }: AnswerSettings): string {
  const spoken = language === null || language === 'en' ? answersIn : language;
  return answers[spoken]?.[keyword] ?? STANDARD_ANSWERS[spoken][keyword];
}
