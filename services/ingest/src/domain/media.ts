export type { MediaRef } from '@partyline/carriers';

/** How long a browser may use a link, milliseconds. */
export const MEDIA_LINK_MS = 10 * 60_000;
/** How long one of our people has to hand in a file, and then to send it, milliseconds. */
export const UPLOAD_LINK_MS = 60_000;
export const UNSENT_UPLOAD_MS = 24 * 3_600_000;

/** Why media cannot be had. `refused` never changes; `unavailable` may work later. */
export interface MediaProblem {
  readonly kind: 'refused' | 'unavailable';
  readonly reason: string;
}

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
  return isServedType(contentType) && /^(image|video|audio)\//.test(contentType);
}

/** Pauses before the second try, the third, and so on, milliseconds: pictures are often there a little later than the text. */
const RETRY_AFTER_MS = [
  2_000, 10_000, 60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000,
] as const;

/** When to ask the carrier again after this many tries; null: no more, unless somebody looks at it. */
export function nextTryAt(problem: MediaProblem, tries: number, now: Date): Date | null {
  const pause = problem.kind === 'refused' ? undefined : RETRY_AFTER_MS[tries - 1];
  return pause === undefined ? null : new Date(now.getTime() + pause);
}
