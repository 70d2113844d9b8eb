/** A form whose values are bytes and not UTF-8; names in lower case, the last of a name counts. */
export function byteForm(body: Uint8Array): ReadonlyMap<string, Buffer> {
  const form = new Map<string, Buffer>();
  for (const pair of Buffer.from(body).toString('latin1').split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    form.set(
      unescaped(name).toString('utf8').toLowerCase(),
      unescaped(equals === -1 ? '' : pair.slice(equals + 1)),
    );
  }
  return form;
}

/** The bytes behind `+` and percent signs. A broken escape stays as it is. */
export function unescaped(text: string): Buffer {
  const plain = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}
