import type {
  ConsentRecord,
  ConsentResult,
  ConsentSettings,
  Contact,
  ContactDetail,
  ContactTime,
} from '@partyline/contracts';

export const CONTACT: Contact = {
  id: 'ct_1f0e9d8c',
  name: 'Maria Santos',
  notes: 'Prefers mornings.',
  numbers: ['+13105550142'],
  optOuts: [],
  revision: 2,
  lastActivityAt: '2026-11-23T18:00:00.000Z',
};

export const CONTACT_DETAIL: ContactDetail = { ...CONTACT, merged: [] };

export const CONTACT_TIME: ContactTime = {
  timeZones: ['America/Los_Angeles'],
  quiet: { from: '2026-11-24T05:00:00.000Z', until: '2026-11-24T16:00:00.000Z' },
};

export const CONSENT: ConsentRecord = {
  number: '+12125550101',
  peer: '+14155550123',
  state: 'opted_out',
  keyword: 'STOP',
  source: 'customer',
  at: '2026-11-23T18:00:00.000Z',
  by: null,
};

const SPANISH = {
  stop: 'Se ha dado de baja y no le enviaremos más mensajes desde este número. Responda START para volver a recibirlos.',
  start: 'Vuelve a recibir mensajes de este número. Responda STOP para darse de baja.',
  help: 'Escriba a este número y le responderemos por aquí. Responda STOP para no recibir más mensajes.',
};
export const CONSENT_SETTINGS: ConsentSettings = {
  languages: ['es'],
  answersIn: 'es',
  answers: { es: { stop: 'Ferretería Sol: baja confirmada. Responda START para volver.' } },
  standardAnswers: { es: SPANISH },
};
export const CONSENT_RESULT: ConsentResult = { peer: '+14155550123', ok: true, numbers: 3, message: null };
