// @ts-check
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';

/**
 * @param {{ host: string, port: number, send?: string, skip?: number, tls?: boolean, timeoutMs?: number }} options
 *   skip: how many lines to pass over
 * @returns {Promise<string>} the first line that the server sends
 */
export function firstLine({ host, port, send, skip = 0, tls = false, timeoutMs = 5_000 }) {
  return new Promise((resolve, reject) => {
    const socket = tls ? connectTls({ host, port, servername: host }) : connect({ host, port });
    let text = '';
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    socket.once(tls ? 'secureConnect' : 'connect', () => send && socket.write(send));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
      const lines = text.split('\n');
      if (lines.length < skip + 2) return;
      resolve(lines[skip]?.trim() ?? '');
      socket.destroy();
    });
  });
}
