import { createRequire } from 'node:module';

interface ParameterType {
  size(value: unknown): number;
}
interface PackagePdu {
  readonly command: string;
  readonly command_status: number;
  readonly sequence_number: number;
  isResponse(): boolean;
  toBuffer(): Buffer;
  /** Turns texts and times into bytes and back. */
  _filter(direction: 'encode' | 'decode'): void;
}
/** What is used of the package `smpp`, which has no types of its own: its PDUs, both ways. */
interface SmppPackage {
  readonly PDU: {
    new (command: string, fields: Readonly<Record<string, unknown>>): PackagePdu;
    new (frame: Buffer): PackagePdu;
    maxLength: number;
  };
  readonly commands: Readonly<
    Record<string, { readonly params?: Readonly<Record<string, { readonly type: ParameterType }>> }>
  >;
  /** `ESME_ROK` and its relatives. */
  readonly errors: Readonly<Record<string, number>>;
}

export const smpp = createRequire(import.meta.url)('smpp') as SmppPackage;
