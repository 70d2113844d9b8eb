import type { Attachment } from '@partyline/contracts';
import { MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS } from '@partyline/contracts/limits';
import { api } from '../api/client.js';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { toast } from '../state/toasts.js';
import { ValueStore, useSelected } from '../state/value-store.js';

/** A file beside the draft of one conversation. */
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

export const useAttachedFiles = (conversationId: string): readonly AttachedFile[] =>
  useSelected(store, (all) => all.get(conversationId) ?? NONE);

export const previewOf = (mediaId: string): string | undefined => previews.get(mediaId);

function update(
  conversationId: string,
  change: (files: readonly AttachedFile[]) => readonly AttachedFile[],
): void {
  const all = new Map(store.get());
  const files = change(all.get(conversationId) ?? NONE);
  if (files.length === 0) all.delete(conversationId);
  else all.set(conversationId, files);
  store.set(all);
}

/** Uploads them at once, so that sending does not wait; what cannot be sent is told and left out. */
export function attachFiles(conversationId: string, files: readonly File[]): void {
  for (const file of files) {
    const now = store.get().get(conversationId) ?? NONE;
    if (now.length >= MOST_ATTACHMENTS) {
      toast('error', `A text carries at most ${MOST_ATTACHMENTS} files.`);
      return;
    }
    if (file.size > MOST_ATTACHMENT_BYTES) {
      const most = MOST_ATTACHMENT_BYTES / 1024 / 1024;
      const name = file.name || 'The file';
      toast('error', `${name} is larger than ${most} MB, and carriers take no more. Make it smaller.`);
      continue;
    }
    const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    const key = randomId();
    const fresh: AttachedFile = { key, file, preview, state: 'uploading', attachment: null, reason: null };
    update(conversationId, (all) => [...all, fresh]);
    void upload(conversationId, fresh);
  }
}

export function retryFile(conversationId: string, key: string): void {
  const file = (store.get().get(conversationId) ?? NONE).find((one) => one.key === key);
  if (file) void upload(conversationId, file);
}

export function removeFile(conversationId: string, key: string): void {
  const gone = (store.get().get(conversationId) ?? NONE).find((one) => one.key === key);
  if (gone?.preview) URL.revokeObjectURL(gone.preview);
  if (gone?.attachment) previews.delete(gone.attachment.id);
  update(conversationId, (all) => all.filter((one) => one.key !== key));
}

/** They were sent: they leave the draft, and the newest previews stay. */
export function filesSent(conversationId: string, sent: readonly AttachedFile[]): void {
  for (const [id, preview] of previews) {
    if (previews.size <= MOST_PREVIEWS) break;
    URL.revokeObjectURL(preview);
    previews.delete(id);
  }
  const keys = new Set(sent.map(({ key }) => key));
  update(conversationId, (all) => all.filter(({ key }) => !keys.has(key)));
}

async function upload(conversationId: string, { key, file, preview }: AttachedFile): Promise<void> {
  const set = (change: Partial<AttachedFile>): void =>
    update(conversationId, (all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  set({ state: 'uploading', reason: null });
  try {
    const attachment = await api.conversations.attach(conversationId, file);
    if (preview) previews.set(attachment.id, preview);
    set({ state: 'ready', attachment });
  } catch (error) {
    set({ state: 'failed', reason: sentenceOf(error) });
  }
}
