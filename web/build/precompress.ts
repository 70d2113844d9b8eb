import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css|html|svg|json|webmanifest)$/;
/** Below this the headers of a compressed answer cost more than they save. */
const SMALLEST = 512;

/** Writes `.br` and `.gz` beside every text file of the build and prints what the first visit costs. */
export function precompress(): Plugin {
  let outDir = 'dist';
  return {
    name: 'partyline:precompress',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      // After vite-plugin-pwa, which writes the service worker when the bundle closes.
      order: 'post',
      sequential: true,
      async handler() {
        const sizes = new Map<string, number>();
        for (const entry of await readdir(outDir, { recursive: true, withFileTypes: true })) {
          if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) continue;
          const file = join(entry.parentPath, entry.name);
          const bytes = await readFile(file);
          const gzip = gzipSync(bytes, { level: 9 });
          sizes.set(file, gzip.length);
          if (bytes.length < SMALLEST) continue;
          const brotli = brotliCompressSync(bytes, {
            params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
          });
          await Promise.all([writeFile(`${file}.gz`, gzip), writeFile(`${file}.br`, brotli)]);
        }
        report(outDir, sizes, await readFile(join(outDir, 'index.html'), 'utf8'));
      },
    },
  };
}

function report(outDir: string, sizes: ReadonlyMap<string, number>, html: string): void {
  const initial = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map((match) => match[1] ?? '');
  let first = 0;
  for (const [file, size] of [...sizes].sort((a, b) => b[1] - a[1])) {
    const name = file.slice(outDir.length + 1);
    if (!name.endsWith('.js') && !name.endsWith('.css')) continue;
    const isInitial = initial.includes(name);
    if (isInitial) first += size;
    console.log(`${kilobytes(size)} gzip  ${name}${isInitial ? '  (first visit)' : ''}`);
  }
  console.log(`${kilobytes(first)} gzip  JavaScript of the first visit (budget 200 KB)`);
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(7)} KB`;
