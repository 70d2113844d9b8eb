import { mediaBase, MediaLinks, type MediaRef } from '@partyline/carriers';
import { isUploadUrl, uploadIdOf } from '@partyline/contracts';

/** Carriers fetch within minutes; a customer whose carrier sends text alone gets the link itself, and may open it later. */
const OPEN_FOR_MS = 7 * 24 * 3_600_000;

interface Message {
  readonly tenantId: string;
  readonly accountId: string;
  readonly media: readonly string[];
  readonly mediaTypes?: readonly (string | null)[];
}

/**
 * Where a carrier fetches the pictures of a reply: our own ones by links that expire, on the address on which the
 * carrier reaches us already. `publicUrl`: the account's, `https://host/prefix/hooks/<carrier>/<account>`.
 */
export function mediaAddresses(links: MediaLinks, message: Message, publicUrl: string, now: Date): string[] {
  const expiresAt = new Date(now.getTime() + OPEN_FOR_MS);
  return message.media.map((url, index) => {
    if (!isUploadUrl(url)) return url;
    const { tenantId, accountId } = message;
    const ref: MediaRef = { tenantId, accountId, mediaId: uploadIdOf(url), url };
    return mediaBase(publicUrl) + links.sign(ref, expiresAt, message.mediaTypes?.[index]);
  });
}
