import { setTimeout as pause } from 'node:timers/promises';
import { failpoint } from '@partyline/kernel';
import type { OpenAccount, OutboundText } from '../carrier.js';
import { accepted, rejected, unknownOutcome, unreachable, type SendOutcome } from '../outcome.js';
import { submitOutcome, submitProblem, submitsOf } from './smpp.submit.js';
import type { SmppBind } from './wire/bind.js';
import type { PduFields } from './wire/pdu.js';

const ESME_RINVBNDSTS = 0x04;
const SLOW_DOWN_MS = 1_000;

/**
 * Sends one text, part after part. It is sent again only where the SMSC surely has none of it: once a part was taken,
 * the whole text would come twice. Never throws.
 */
export async function sendBySmpp(
  bind: SmppBind,
  message: OutboundText,
  account: OpenAccount,
  withinMs: number,
): Promise<SendOutcome> {
  const until = performance.now() + withinMs;
  const submits = submitsOf(message, account);
  const problem = submitProblem(message, submits);
  if (problem) return problem;
  let last: SendOutcome = unknownOutcome('There was nothing to send');
  for (const [index, fields] of submits.entries()) {
    last = await (index === 0 ? submit : submitPatiently)(bind, fields, account, until);
    if (last.kind !== 'accepted') return index === 0 ? last : broken(last, index, submits.length);
    if (index < submits.length - 1) failpoint('carriers.part-submitted');
  }
  // Into how many pieces the SMSC cuts a payload it does not say.
  const segments = account.settings['longTexts'] === 'payload' ? null : submits.length;
  return last.kind === 'accepted' ? accepted(last.providerId, segments) : last;
}

/** Some parts are with the customer already: what they have is no text, and cannot be taken back. */
function broken(outcome: Exclude<SendOutcome, { kind: 'accepted' }>, taken: number, of: number): SendOutcome {
  const description = `${outcome.description}; only ${taken} of the text's ${of} parts were taken`;
  if (outcome.kind === 'rejected') return rejected(outcome.code, outcome.errorClass, description);
  return outcome.kind === 'unknown' ? unknownOutcome(description) : rejected(null, 'unknown', description);
}

/** A part behind one that was taken: it is tried while there is time. */
async function submitPatiently(...given: Parameters<typeof submit>): Promise<SendOutcome> {
  const [, , , until] = given;
  for (;;) {
    const outcome = await submit(...given);
    if (!outcome.retryable || performance.now() + SLOW_DOWN_MS >= until) return outcome;
    await pause(SLOW_DOWN_MS);
  }
}

async function submit(
  bind: SmppBind,
  fields: PduFields,
  account: OpenAccount,
  until: number,
): Promise<SendOutcome> {
  const link = await bind.link(Math.max(0, (until - performance.now()) / 2));
  if (!link.ok) {
    const { kind, reason } = link.error;
    return kind === 'credentials'
      ? rejected(null, 'credentials', `Nothing was sent: ${reason}`)
      : unreachable(`The SMSC cannot be had: ${reason}`);
  }
  const left = until - performance.now();
  if (left <= 0) return unreachable('The SMSC could not be had in time');
  const answering = link.value.submit(fields, left);
  failpoint('carriers.text-submitted');
  const answer = await answering;
  if (!answer.ok) {
    const { written, reason } = answer.error;
    return written
      ? unknownOutcome(`The SMSC may or may not have taken the text: ${reason}`)
      : unreachable(`The SMSC cannot be had: ${reason}`);
  }
  const { status, fields: said } = answer.value;
  if (status === ESME_RINVBNDSTS) {
    link.value.close('the SMSC says that this connection is not bound to send');
    return unreachable('The SMSC says that we are not bound to send');
  }
  return submitOutcome(status, said['message_id'], account);
}
