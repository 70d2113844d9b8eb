import { useMe } from '../api/session.js';
import { preferences, usePreference } from '../state/preferences.js';
import { Avatar } from '../ui/avatar.js';
import { Switch } from '../ui/switch.js';
import { PushSetting } from './push-setting.js';
import styles from './settings-page.module.css';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

export default function SettingsPage() {
  const me = useMe();
  const theme = usePreference('theme');
  const enterSends = usePreference('enterSends');
  const shortcuts = usePreference('shortcuts');
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>Settings</h1>
        <section className={styles.card} aria-label="Profile">
          <div className={styles.person}>
            <Avatar name={me.name} size={48} />
            <div>
              <p className={styles.name}>{me.name}</p>
              <p className={styles.sub}>
                {me.email} · {me.role.name} at {me.tenant.name}
              </p>
            </div>
          </div>
        </section>
        <section className={styles.card}>
          <h2 className={styles.heading}>Appearance</h2>
          <div className={styles.themes} role="radiogroup" aria-label="Theme">
            {THEMES.map(([id, label]) => (
              <label key={id} className={styles.theme} data-theme-choice={id}>
                <input
                  type="radio"
                  name="theme"
                  checked={theme === id}
                  onChange={() => preferences.set({ theme: id })}
                />
                {label}
              </label>
            ))}
          </div>
        </section>
        <section className={styles.card}>
          <h2 className={styles.heading}>Writing and keys</h2>
          <Switch
            label="Enter sends"
            hint="Shift+Enter then begins a new line. Off: Ctrl+Enter sends."
            on={enterSends}
            onChange={(on) => preferences.set({ enterSends: on })}
          />
          <Switch
            label="Single-key shortcuts"
            hint="Press ? to see them all. Off: only Ctrl K and Ctrl Enter remain."
            on={shortcuts}
            onChange={(on) => preferences.set({ shortcuts: on })}
          />
        </section>
        <section className={styles.card}>
          <h2 className={styles.heading}>Notifications on this device</h2>
          <PushSetting vapidPublicKey={me.vapidPublicKey} />
        </section>
      </div>
    </main>
  );
}
