// @ts-check
// A tiny service for the supervisor's tests: ready on $PORT, writes its pid to $PID_FILE if asked, dies by /die.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';

const { PORT, PID_FILE, DIE_AT_ONCE, IGNORE_SIGTERM } = process.env;
if (PID_FILE) appendFileSync(PID_FILE, `${process.pid} ${Date.now()}\n`);
if (DIE_AT_ONCE) process.exit(7);
console.log(JSON.stringify({ level: 30, msg: 'listening' }));
console.log(JSON.stringify({ level: 40, context: 'Shop', msg: 'the shelf is nearly empty' }));
createServer((request, response) => {
  if (request.url === '/die') process.exit(3);
  response.end('ok');
}).listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  if (IGNORE_SIGTERM) return;
  console.log(JSON.stringify({ level: 30, msg: 'drained' }));
  process.exit(0);
});
