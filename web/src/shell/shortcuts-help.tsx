import { preferences, usePreference } from '../state/preferences.js';
import { Switch } from '../ui/switch.js';
import ModalDialog from '../ui/modal.js';
import { SHORTCUTS } from './shortcuts.js';
import styles from './shortcuts-help.module.css';

export default function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const on = usePreference('shortcuts');
  return (
    <ModalDialog title="Keyboard shortcuts" size="lg" onClose={onClose}>
      <div className={styles.body}>
        <div className={styles.groups} data-on={on}>
          {SHORTCUTS.map((group) => (
            <section key={group.title}>
              <h3 className={styles.title}>{group.title}</h3>
              <dl className={styles.keys}>
                {group.keys.map(([keys, does]) => (
                  <div key={keys} className={styles.pair}>
                    <dt>{does}</dt>
                    <dd>
                      {keys.split(' ').map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <Switch
          label="Single-key shortcuts"
          hint="Off: only Ctrl K and Ctrl Enter remain."
          on={on}
          onChange={(shortcuts) => preferences.set({ shortcuts })}
        />
      </div>
    </ModalDialog>
  );
}
