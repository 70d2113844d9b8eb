import type { OpenAccount } from '../carrier.js';
import { secretsOf } from '../webhook-secret.js';
import type { SmscAddress } from './wire/connect.js';

export const ALPHABETS = ['gsm', 'latin1', 'utf8'];
export const LONG_TEXTS = ['udh', 'sar', 'payload'];
export const ID_FORMATS = ['same', 'decimal', 'hex', 'hex-decimal', 'decimal-hex'];

export const PLAIN_PORT = 2775;
export const TLS_PORT = 3550;
/** More than the standard has room for, because some carriers give out longer ones. */
const MOST = { systemId: 64, systemType: 32, addressRange: 40 } as const;

export interface Smsc {
  readonly address: SmscAddress;
  readonly systemId: string;
  readonly systemType: string;
  readonly addressRange: string;
  /** The one in use, and the second one while it is being changed. */
  readonly passwords: readonly string[];
}

export function smscOf({ settings, secrets, ...rest }: OpenAccount): Smsc {
  const tls = settings['tls'] === 'yes';
  return {
    address: { host: settings['host'] ?? '', port: portOf(settings['port'], tls) ?? 0, tls },
    systemId: settings['systemId'] ?? '',
    systemType: settings['systemType'] ?? '',
    addressRange: settings['addressRange'] ?? '',
    passwords: secretsOf({ settings, secrets, ...rest }, 'bindPassword'),
  };
}

export function smppAccountProblem(
  settings: Readonly<Record<string, string>>,
  secretNames: readonly string[],
): string | null {
  const { host = '', port, systemId = '', tls, alphabet, longTexts, messageIds, country } = settings;
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i.test(host)) {
    return 'settings.host must be the name or address of the SMSC, like smpp.example.com';
  }
  if (portOf(port, false) === null) return 'settings.port must be a port from 1 to 65535';
  if (!fits(systemId, MOST.systemId) || systemId === '') {
    return `settings.systemId must be the system id that the carrier gave you, at most ${MOST.systemId} characters`;
  }
  for (const name of ['systemType', 'addressRange'] as const) {
    if (!fits(settings[name] ?? '', MOST[name])) return `settings.${name} may have ${MOST[name]} characters`;
  }
  const choices: readonly (readonly [string, string | undefined, readonly string[]])[] = [
    ['tls', tls, ['yes', 'no']],
    ['alphabet', alphabet, ALPHABETS],
    ['longTexts', longTexts, LONG_TEXTS],
    ['messageIds', messageIds, ID_FORMATS],
  ];
  for (const [name, value, allowed] of choices) {
    if (value !== undefined && !allowed.includes(value))
      return `settings.${name} must be one of ${allowed.join(', ')}`;
  }
  for (const name of ['shortCodeTon', 'shortCodeNpi']) {
    if (!/^\d{1,2}$/.test(settings[name] ?? '0')) return `settings.${name} must be a number from 0 to 99`;
  }
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    return 'settings.country must be a country in two letters, like DE';
  }
  return secretNames.includes('bindPassword')
    ? null
    : 'secrets.bindPassword is missing: the password of the system id';
}

/** What is empty is the usual port; null where it is none. */
function portOf(setting: string | undefined, tls: boolean): number | null {
  if (!setting) return tls ? TLS_PORT : PLAIN_PORT;
  const port = Number(setting);
  return Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null;
}

const fits = (text: string, most: number): boolean => text.length <= most && /^[\x20-\x7e]*$/.test(text);
