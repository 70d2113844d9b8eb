import { HEADER_BYTES, MOST_FRAME_BYTES } from './pdu.js';

/** Cuts a stream of bytes into frames, by the length that each begins with. */
export class Framer {
  private pending: Buffer = Buffer.alloc(0);

  /** Throws where a length makes no sense: nobody can say where the next frame begins then. */
  push(chunk: Uint8Array): Buffer[] {
    this.pending = this.pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.pending, chunk]);
    const frames: Buffer[] = [];
    let offset = 0;
    while (this.pending.length - offset >= 4) {
      const length = this.pending.readUInt32BE(offset);
      if (length < HEADER_BYTES || length > MOST_FRAME_BYTES) {
        throw new Error(`a PDU claims to have ${length} bytes: this is not SMPP`);
      }
      if (this.pending.length - offset < length) break;
      frames.push(this.pending.subarray(offset, offset + length));
      offset += length;
    }
    this.pending = this.pending.subarray(offset);
    return frames;
  }
}
