export * from './address.js';
export * from './carrier-client.js';
export * from './carrier.js';
export type { CarrierField, CarrierGuide } from './carrier-guide.js';
export {
  type CarrierLog,
  type LogEntry,
  type LoggedReply,
  type LoggedText,
  type LogPage,
  type LogQuery,
  type LogRefusal,
} from './carrier-log.js';
export { answeredByCarrier, ANSWERED_BY, ANSWERS_SETTING } from './keyword-answers.js';
export * from './media-links.js';
export * from './media-names.js';
export * from './money.js';
export * from './outcome.js';
export * from './prices.js';
export * from './public-address.js';
export * from './recording/redact-webhook.js';
export * from './redaction.js';
export * from './registry.js';
export { textWithLinks } from './send-answer.js';
export * from './sealed-secrets.js';
export * from './secure-compare.js';
export { segmentsOf, type Segments } from './segments.js';
export * from './status-callback.js';
export * from './status.js';
export { readMapping, type Mapping, type MappingInput } from './generic/generic.mapping.js';
export { tryMapping, type Sample, type TryOut } from './generic/generic.try-out.js';
export { SmppBind, type BindProblem, type BindState } from './smpp/wire/bind.js';
export { type Delivery, type SmppLink } from './smpp/wire/link.js';
export { decodePdu } from './smpp/wire/pdu.js';
export { readDelivered, type Delivered } from './smpp/smpp.inbound.js';
export { sendBySmpp } from './smpp/smpp.send.js';
export * from './simulator/simulator.carrier.js';
export { type SimulatorWebhook } from './simulator/simulator.webhook.js';
export * from './simulator/standard-webhooks.js';
export * from './twilio/twilio.carrier.js';
export { signTwilioRequest } from './twilio/twilio.signature.js';
