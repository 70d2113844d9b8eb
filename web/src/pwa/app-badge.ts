import { totalCounts } from '../inbox/indicator.js';
import { live } from '../live/store.js';

/** The number on the icon of the installed app: what is new for this person. Returns the way to stop. */
export function updateAppBadge(): () => void {
  let shown = -1;
  const update = () => {
    const { blue, green } = totalCounts(live.get().counts);
    const count = blue + green;
    if (count === shown) return;
    shown = count;
    document.title = count > 0 ? `(${count > 99 ? '99+' : count}) Partyline` : 'Partyline';
    // A number, always: without one some systems show a dot that never goes away.
    if ('setAppBadge' in navigator) void navigator.setAppBadge(count).catch(() => undefined);
  };
  update();
  return live.subscribe(update);
}
