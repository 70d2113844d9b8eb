/** One picture or file of a customer's message. */
export interface MediaRef {
  readonly tenantId: string;
  readonly accountId: string;
  readonly mediaId: string;
  /** Where the carrier keeps it. */
  readonly url: string;
}

export const MEDIA_LINK_MS = 10 * 60_000;

/** Types that are passed on to a browser, as sniffed from the bytes. Nothing that can run: no HTML, no SVG. */
const IMAGES = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/avif',
  'image/bmp',
  'image/tiff',
]);

export function isServedType(contentType: string): boolean {
  return (
    IMAGES.has(contentType) ||
    /^(video|audio)\/[a-z0-9.+-]+$/.test(contentType) ||
    contentType === 'application/pdf' ||
    contentType === 'text/vcard'
  );
}

/** Whether a browser may show it in place; files are offered as a download. */
export function isShownInPlace(contentType: string): boolean {
  return /^(image|video|audio)\//.test(contentType);
}
