// @ts-check
// Starts the three servers and waits to be killed.
import { startServers } from '../../src/servers/index.mjs';

const servers = await startServers({ dataDir: process.argv[2] ?? '' });
console.log(JSON.stringify(servers.describe().map(({ pid }) => pid)));
