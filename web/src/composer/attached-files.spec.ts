import { expect, it } from '@jest/globals';
import { attachedFiles, filesSent, removeFile, updateFiles, type AttachedFile } from './attached-files.js';

const place = { userId: 'ada', conversationId: 'cv_1' };
const file: AttachedFile = {
  key: 'k1',
  file: new File(['PNG'], 'plan.png', { type: 'image/png' }),
  preview: null,
  state: 'ready',
  attachment: { id: 'md_1', contentType: 'image/png' },
  reason: null,
};

it('attached files are of one person in one conversation, and of nobody who signs in after them', () => {
  updateFiles(place, (all) => [...all, file]);
  expect(attachedFiles(place)).toEqual([file]);
  expect(attachedFiles({ ...place, userId: 'ben' })).toEqual([]);
  expect(attachedFiles({ ...place, conversationId: 'cv_2' })).toEqual([]);
  removeFile(place, 'k1');
  expect(attachedFiles(place)).toEqual([]);
});

it('what was attached while a text was on its way stays for the next', () => {
  const later = { ...file, key: 'k2' };
  updateFiles(place, () => [file, later]);
  filesSent(place, [file]);
  expect(attachedFiles(place)).toEqual([later]);
});
