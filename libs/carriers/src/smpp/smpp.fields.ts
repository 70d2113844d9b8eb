import type { Pdu } from './wire/pdu.js';

/** What a deliver_sm or data_sm says, whichever way it says it. */
export interface DeliverFields {
  readonly from: { readonly ton: number; readonly digits: string };
  readonly to: { readonly ton: number; readonly digits: string };
  readonly esmClass: number;
  readonly dataCoding: number;
  readonly content: Uint8Array;
  readonly receiptedMessageId: string | null;
  readonly messageState: number | null;
  readonly networkErrorCode: number | null;
  readonly userMessageReference: number | null;
  readonly sar: { readonly ref: number; readonly total: number; readonly number: number } | null;
}

/** Tags of optional parameters, SMPP 3.4, 5.3.2. */
const TAG = {
  receiptedMessageId: 0x001e,
  userMessageReference: 0x0204,
  sarRef: 0x020c,
  sarTotal: 0x020e,
  sarNumber: 0x020f,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

export function deliverFields({ fields, optional }: Pdu): DeliverFields {
  const number = (name: string): number => (typeof fields[name] === 'number' ? fields[name] : 0);
  const words = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const short = fields['short_message'];
  const count = (tag: number): number | null => {
    const bytes = optional.get(tag);
    return bytes && bytes.length >= 1 && bytes.length <= 4
      ? Buffer.from(bytes).readUIntBE(0, bytes.length)
      : null;
  };
  const network = optional.get(TAG.networkErrorCode);
  const [ref, total, place] = [TAG.sarRef, TAG.sarTotal, TAG.sarNumber].map(count);
  // Some SMSCs end it with a NUL, others do not.
  const receipted = Buffer.from(optional.get(TAG.receiptedMessageId) ?? [])
    .toString('latin1')
    .replace(/\0.*$/s, '')
    .trim();
  return {
    from: { ton: number('source_addr_ton'), digits: words('source_addr') },
    to: { ton: number('dest_addr_ton'), digits: words('destination_addr') },
    esmClass: number('esm_class'),
    dataCoding: number('data_coding'),
    content:
      short instanceof Uint8Array && short.length > 0
        ? short
        : (optional.get(TAG.messagePayload) ?? new Uint8Array()),
    receiptedMessageId: receipted === '' ? null : receipted,
    messageState: count(TAG.messageState),
    networkErrorCode: network?.length === 3 ? Buffer.from(network).readUInt16BE(1) : null,
    userMessageReference: count(TAG.userMessageReference),
    sar: ref == null || total == null || place == null ? null : { ref, total, number: place },
  };
}
