import { SegmentedMessage } from 'sms-segments-calculator';

export interface Segments {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
  /** Characters of the encoding that the text takes (an emoji takes two or more of UCS-2, `€` two of GSM-7). */
  readonly used: number;
  /** Characters that fit into as many segments. */
  readonly room: number;
  /** The characters that force UCS-2, each once. */
  readonly culprits: readonly string[];
}

/** How carriers cut a text: one segment of 160 or 70 characters, several of 153 or 67 (GSM 03.40). */
export function segmentsOf(text: string): Segments {
  const message = new SegmentedMessage(text);
  const encoding = message.getEncodingName() === 'UCS-2' ? 'UCS-2' : 'GSM-7';
  const segments = text === '' ? 0 : message.segmentsCount;
  const [single, part] = encoding === 'GSM-7' ? [160, 153] : [70, 67];
  const bits = encoding === 'GSM-7' ? 7 : 16;
  return {
    encoding,
    segments,
    used: Math.round(message.messageSize / bits),
    room: segments <= 1 ? single : segments * part,
    culprits: encoding === 'UCS-2' ? [...new Set(message.getNonGsmCharacters())] : [],
  };
}
