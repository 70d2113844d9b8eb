import { StreamableFile } from '@nestjs/common';
import type { Readable } from 'node:stream';

/** A file made of rows, which knows how many of them were read for it. */
export class CountedFile extends StreamableFile {
  constructor(
    stream: Readable,
    options: { readonly type: string; readonly disposition: string },
    readonly rows: () => number,
  ) {
    super(stream, options);
  }
}
