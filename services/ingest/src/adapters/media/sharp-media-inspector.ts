import { Injectable, Logger } from '@nestjs/common';
import sharp from 'sharp';
import { MediaInspector } from '../../application/media-inspector.js';
import type { Bytes } from '../../application/object-store.js';
import { sniffedType } from './content-type.js';

/** Twice what a bubble is wide, for screens with two pixels for each, and as tall as it gets. */
const WIDEST = 640;
const TALLEST = 960;
/** Below this many bytes a picture is small enough as it is. */
const SMALL_BYTES = 100_000;
/** What a picture may unfold to, so that a small file cannot fill the memory. */
const MOST_PIXELS = 60_000_000;
const STILL = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/tiff']);

@Injectable()
export class SharpMediaInspector extends MediaInspector {
  private readonly logger = new Logger(SharpMediaInspector.name);

  override contentTypeOf(body: Uint8Array): Promise<string> {
    return sniffedType(body);
  }

  override async smaller({ contentType, body }: Bytes): Promise<Bytes | null> {
    if (!STILL.has(contentType) || body.length <= SMALL_BYTES) return null;
    try {
      const picture = sharp(body, { limitInputPixels: MOST_PIXELS, failOn: 'error' });
      if (((await picture.metadata()).pages ?? 1) > 1) return null;
      // Upright as it was taken: a small version keeps none of the camera's notes, the place among them.
      const small = await picture
        .autoOrient()
        .resize(WIDEST, TALLEST, { fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 78 })
        .toBuffer();
      return small.length < body.length ? { contentType: 'image/webp', body: small } : null;
    } catch (error) {
      this.logger.warn(
        `A picture (${contentType}, ${body.length} bytes) has no small version: ${String(error)}`,
      );
      return null;
    }
  }
}
