// Loaded before the notify service by a test: pushes go to PARTYLINE_TEST_PUSH instead of a vendor on the internet.
const { PARTYLINE_TEST_PUSH: origin } = process.env;

if (origin && process.argv[1]?.endsWith('/services/notify/dist/main.js')) {
  const notify = new URL('../../services/notify/dist/', import.meta.url);
  const { WebPushSender } = await import(new URL('adapters/web-push/web-push-sender.js', notify).href);
  WebPushSender.prototype.post = async (/** @type {URL} */ { pathname }) =>
    (await fetch(origin + pathname, { method: 'POST' })).status;
}
