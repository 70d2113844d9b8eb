// Before the first paint, so that a chosen theme never flashes in the other one.
try {
  const theme = localStorage.getItem('partyline.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked: the theme of the system stays.
}
