import { MOST_ATTACHMENT_BYTES, MOST_ATTACHMENTS } from '@partyline/contracts/limits';
import { api } from '../api/client.js';
import { randomId } from '../api/ids.js';
import { sentenceOf } from '../api/problem.js';
import { toast } from '../state/toasts.js';
import {
  attachedFiles,
  keepPreview,
  updateFiles,
  type AttachedFile,
  type DraftPlace,
} from './attached-files.js';

/** Uploads them at once, so that sending does not wait; what cannot be sent is told and left out. */
export function attachFiles(place: DraftPlace, files: readonly File[]): void {
  for (const file of files) {
    const now = attachedFiles(place);
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
    updateFiles(place, (all) => [...all, fresh]);
    void upload(place, fresh);
  }
}

export function retryFile(place: DraftPlace, key: string): void {
  const file = attachedFiles(place).find((one) => one.key === key);
  if (file) void upload(place, file);
}

async function upload(place: DraftPlace, { key, file, preview }: AttachedFile): Promise<void> {
  const set = (change: Partial<AttachedFile>): void =>
    updateFiles(place, (all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)));
  set({ state: 'uploading', reason: null });
  try {
    const attachment = await api.conversations.attach(place.conversationId, file);
    if (preview) keepPreview(attachment.id, preview);
    set({ state: 'ready', attachment });
  } catch (error) {
    set({ state: 'failed', reason: sentenceOf(error) });
  }
}
