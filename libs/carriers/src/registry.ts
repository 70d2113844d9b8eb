import { aws } from './aws/aws.carrier.js';
import { azure } from './azure/azure.carrier.js';
import { bandwidth } from './bandwidth/bandwidth.carrier.js';
import { bird } from './bird/bird.carrier.js';
import type { AnyCarrier, BoundCarrier, Carrier } from './carrier.js';
import { clickatell } from './clickatell/clickatell.carrier.js';
import { generic } from './generic/generic.carrier.js';
import { infobip } from './infobip/infobip.carrier.js';
import { jasmin } from './jasmin/jasmin.carrier.js';
import { kaleyra } from './kaleyra/kaleyra.carrier.js';
import { messagebird } from './messagebird/messagebird.carrier.js';
import { plivo } from './plivo/plivo.carrier.js';
import { signalwire } from './signalwire/signalwire.carrier.js';
import { simulator } from './simulator/simulator.carrier.js';
import { sinch } from './sinch/sinch.carrier.js';
import { smpp } from './smpp/smpp.carrier.js';
import { telnyx } from './telnyx/telnyx.carrier.js';
import { twilio } from './twilio/twilio.carrier.js';
import { vonage } from './vonage/vonage.carrier.js';

/** Every carrier that calls webhooks. */
export const CARRIERS: readonly Carrier[] = [
  twilio,
  telnyx,
  signalwire,
  bandwidth,
  vonage,
  plivo,
  sinch,
  messagebird,
  bird,
  infobip,
  clickatell,
  jasmin,
  aws,
  azure,
  kaleyra,
  generic,
  simulator,
];

/** Every carrier that we keep connections to. */
export const BOUND_CARRIERS: readonly BoundCarrier[] = [smpp];

/** Every carrier there is. */
export const ALL_CARRIERS: readonly AnyCarrier[] = [...CARRIERS, ...BOUND_CARRIERS];

export function findAnyCarrier(id: string): AnyCarrier | undefined {
  return ALL_CARRIERS.find((carrier) => carrier.id === id);
}

export const isBound = (id: string): boolean => BOUND_CARRIERS.some((carrier) => carrier.id === id);

/** Of those that call webhooks. */
export function findCarrier(id: string): Carrier | undefined {
  return CARRIERS.find((carrier) => carrier.id === id);
}
