import { bandwidth } from './bandwidth/bandwidth.carrier.js';
import type { Carrier } from './carrier.js';
import { signalwire } from './signalwire/signalwire.carrier.js';
import { simulator } from './simulator/simulator.carrier.js';
import { telnyx } from './telnyx/telnyx.carrier.js';
import { twilio } from './twilio/twilio.carrier.js';
import { vonage } from './vonage/vonage.carrier.js';

/** Every carrier there is. */
export const CARRIERS: readonly Carrier[] = [twilio, telnyx, signalwire, bandwidth, vonage, simulator];

export function findCarrier(id: string): Carrier | undefined {
  return CARRIERS.find((carrier) => carrier.id === id);
}
