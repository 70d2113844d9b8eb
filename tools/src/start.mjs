// @ts-check
// The entry of `npm start`. It checks Node before it loads anything that an old Node could not even parse.

const NEEDED = /** @type {const} */ ([20, 19]);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `Partyline needs Node ${NEEDED.join('.')} or newer, but this is Node ${process.versions.node}. ` +
      'Install the current LTS version of Node, then run npm start again.',
  );
  process.exitCode = 1;
} else {
  const { run } = await import('./run.mjs');
  await run(process.argv.slice(2));
}
