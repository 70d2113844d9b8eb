import type { Carrier } from './carrier.js';
import { simulator } from './simulator/simulator.carrier.js';
import { twilio } from './twilio/twilio.carrier.js';

/** Every carrier there is. */
export const CARRIERS: readonly Carrier[] = [twilio, simulator];

export function findCarrier(id: string): Carrier | undefined {
  return CARRIERS.find((carrier) => carrier.id === id);
}
