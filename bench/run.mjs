// @ts-check
// `npm run bench`: the product beside a floor. `npm run bench -- inbox`: the inbox at growing sizes. See README.md.
const [first, ...rest] = process.argv.slice(2);
const { main } = first === 'inbox' ? await import('./inbox/run.mjs') : await import('./compare.mjs');
await main(first === 'inbox' ? rest : process.argv.slice(2));
