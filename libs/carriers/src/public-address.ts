import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All addresses of a name, as `dns.lookup` with `all` gives them. */
export type Resolver = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

export const systemResolver: Resolver = (hostname, done) =>
  systemLookup(hostname, { all: true }, (error, addresses) => done(error, addresses ?? []));

/**
 * Whether anybody on the internet may be reached there: not this machine, its networks, a cloud's metadata, or any
 * other range that IANA keeps for special use; nor an IPv6 address that only wraps such a one.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || isGiven(parsed));
}

/** Of IPv6 only 2000::/3 is given to anybody; what else looks plain wraps an IPv4 address (`::7f00:1`) or is nowhere. */
const isGiven = ({ parts: [first = 0] }: ipaddr.IPv6): boolean => first >> 13 === 1;

/** An address that only looks like a name, as URLs hold it: `127.0.0.1`, `[::1]`. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

/** Whether a URL's host may be on the public internet, by its look; what a name leads to is checked at connect. */
export function looksPublic(hostname: string): boolean {
  const literal = literalAddress(hostname);
  if (literal !== null) return isPublicAddress(literal);
  return hostname.includes('.') && !/\.(localhost|local|internal)\.?$/.test(hostname);
}

export class NotPublic extends Error {
  override readonly name = 'NotPublic';
  readonly code = 'ENOTPUBLIC';
}

/**
 * A `lookup` for connections that fails unless every address of the name is public. The connection uses what was
 * checked here, so a name that answers differently the second time (DNS rebinding) gains nothing.
 */
export function publicLookup(resolve: Resolver): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      if (error) return done(error, '', 0);
      const refused = addresses.find(({ address }) => !isPublicAddress(address));
      const [first] = addresses;
      if (refused || !first) {
        return done(new NotPublic(`"${hostname}" is not on the public internet`), '', 0);
      }
      return options.all ? done(null, [...addresses]) : done(null, first.address, first.family);
    });
  };
}
