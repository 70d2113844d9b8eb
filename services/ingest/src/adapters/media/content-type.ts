import { fileTypeFromBuffer } from 'file-type';

/** By its first bytes; what a sender says of a file does not count. */
export async function sniffedType(body: Uint8Array): Promise<string> {
  return (await fileTypeFromBuffer(body))?.mime ?? 'application/octet-stream';
}
