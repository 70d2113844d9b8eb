import type { Attachment } from '@partyline/contracts';
import { ValueStore, useSelected } from '../state/value-store.js';

/** A file beside somebody's draft in one conversation; like the draft itself, it is nobody else's at the same computer. */
export interface AttachedFile {
  readonly key: string;
  readonly file: File;
  /** An address of the browser's own, for a picture; null for anything else. */
  readonly preview: string | null;
  readonly state: 'uploading' | 'ready' | 'failed';
  readonly attachment: Attachment | null;
  /** Why it failed. */
  readonly reason: string | null;
}

const NONE: readonly AttachedFile[] = [];
const store = new ValueStore<ReadonlyMap<string, readonly AttachedFile[]>>(new Map());
/** Of what was handed in from this page: a sent picture shows at once, before the log has it. */
const previews = new Map<string, string>();
const MOST_PREVIEWS = 40;

/** Whose draft, and where. */
export interface DraftPlace {
  readonly userId: string;
  readonly conversationId: string;
}
const keyOf = ({ userId, conversationId }: DraftPlace): string => `${userId} ${conversationId}`;

export const attachedFiles = (place: DraftPlace): readonly AttachedFile[] =>
  store.get().get(keyOf(place)) ?? NONE;

export const useAttachedFiles = (place: DraftPlace): readonly AttachedFile[] =>
  useSelected(store, (all) => all.get(keyOf(place)) ?? NONE);

export const previewOf = (mediaId: string): string | undefined => previews.get(mediaId);
export const keepPreview = (mediaId: string, preview: string): void => void previews.set(mediaId, preview);

export function updateFiles(
  place: DraftPlace,
  change: (files: readonly AttachedFile[]) => readonly AttachedFile[],
): void {
  const all = new Map(store.get());
  const key = keyOf(place);
  const files = change(all.get(key) ?? NONE);
  if (files.length === 0) all.delete(key);
  else all.set(key, files);
  store.set(all);
}

export function removeFile(place: DraftPlace, key: string): void {
  const gone = attachedFiles(place).find((one) => one.key === key);
  if (gone?.preview) URL.revokeObjectURL(gone.preview);
  if (gone?.attachment) previews.delete(gone.attachment.id);
  updateFiles(place, (all) => all.filter((one) => one.key !== key));
}

/** They were sent: they leave the draft, and the newest previews stay. */
export function filesSent(place: DraftPlace, sent: readonly AttachedFile[]): void {
  for (const [id, preview] of previews) {
    if (previews.size <= MOST_PREVIEWS) break;
    URL.revokeObjectURL(preview);
    previews.delete(id);
  }
  const keys = new Set(sent.map(({ key }) => key));
  updateFiles(place, (all) => all.filter(({ key }) => !keys.has(key)));
}
