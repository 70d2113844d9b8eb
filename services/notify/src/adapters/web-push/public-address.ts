import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an IP address is one of the public internet: not ours, not this machine's, not a cloud's metadata service. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * Resolves a name for a connection and refuses it where any of its addresses is not public. It runs inside of the
 * connection's own lookup, so a name that answers differently the next time gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  const all: LookupOptions & { all: true } = { ...options, all: true };
  dnsLookup(hostname, all, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '');
    const first = found[0];
    const inside = found.find(({ address }) => !isPublicAddress(address));
    if (inside || !first) {
      return callback(
        new Error(`${hostname} is not on the public internet (${inside?.address ?? 'no address'})`),
        '',
      );
    }
    return options.all ? callback(null, found) : callback(null, first.address, first.family);
  });
};
