// @ts-check
// Reads one file out of a zip archive (a wheel is one), without unpacking the rest.
// Format: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (its end).
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const LOCAL_HEADER_SIZE = 30;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;

/**
 * @param {string} archive
 * @param {string} ending of the wanted file's path in the archive
 * @param {string} target
 * @throws {Error} when the archive has no such file or is damaged
 */
export async function extractFile(archive, ending, target) {
  const file = await open(archive);
  try {
    const entries = await readDirectory(file);
    const entry = entries.find(({ name }) => name.endsWith(ending));
    if (!entry) throw new Error(`${archive} has no file that ends with ${ending}`);
    const header = await readAt(file, entry.offset, LOCAL_HEADER_SIZE);
    const start = entry.offset + LOCAL_HEADER_SIZE + header.readUInt16LE(26) + header.readUInt16LE(28);
    const packed = createReadStream(archive, { start, end: start + entry.packedSize - 1 });
    const out = createWriteStream(target);
    await (entry.method === STORED ? pipeline(packed, out) : pipeline(packed, createInflateRaw(), out));
  } finally {
    await file.close();
  }
}

/** @param {import('node:fs/promises').FileHandle} file */
async function readDirectory(file) {
  const { size } = await file.stat();
  const tailSize = Math.min(size, END_SIZE + LONGEST_COMMENT);
  const tail = await readAt(file, size - tailSize, tailSize);
  let end = tailSize - END_SIZE;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end -= 1;
  if (end < 0) throw new Error('The archive is damaged: its directory is missing.');
  const directory = await readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries = [];
  for (let at = 0; at < directory.length && directory.readUInt32LE(at) === ENTRY;) {
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} position
 * @param {number} length
 */
async function readAt(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
