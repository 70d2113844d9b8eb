import { expect, it } from '@jest/globals';
import { extensionOf, typeByName } from './media-names.js';

it.each([
  ['image/jpeg', 'jpg'],
  ['video/mp4', 'mp4'],
  ['text/vcard', 'vcf'],
  ['application/octet-stream', null],
  ['constructor', null],
  [null, null],
])('a file of type %s is named .%s', (type, extension) => {
  expect(extensionOf(type)).toBe(extension);
});

it.each([
  ['https://x.example/media/md_1.mp4?token=a.jpg', 'video/mp4'],
  ['https://x.example/a.JPEG#b.png', 'image/jpeg'],
  ['https://x.example/media/md_1?token=abc.gif', null],
  ['https://example.gif/media/md_1', null],
  ['https://x.example/a.exe', null],
])('%s says that it is %s', (url, type) => {
  expect(typeByName(url)).toBe(type);
});
