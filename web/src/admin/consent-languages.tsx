import { CONSENT_LANGUAGES, type ConsentLanguage } from '@partyline/contracts';
import { useConsentSettings } from './consent-settings.js';
import { languageName } from './language-name.js';
import styles from './admin-page.module.css';

const OTHERS = CONSENT_LANGUAGES.filter((language) => language !== 'en');

/** In which languages words like STOP count. */
export function ConsentLanguages() {
  const { settings, change } = useConsentSettings();
  const chosen = change.isPending ? change.variables.languages : (settings.data?.languages ?? []);
  const toggle = (language: ConsentLanguage) =>
    change.mutate({
      languages: chosen.includes(language) ? chosen.filter((one) => one !== language) : [...chosen, language],
    });
  return (
    <section className={styles.card} aria-labelledby="consent-languages">
      <h2 id="consent-languages" className={styles.heading}>
        Words that count
      </h2>
      <p className={styles.lead}>
        STOP, START, HELP and the like count when a text is nothing else. From now on, the words of these
        languages do, too.
      </p>
      <fieldset className={styles.checks} disabled={!settings.isSuccess || change.isPending}>
        <legend>English, and</legend>
        {OTHERS.map((language) => (
          <label key={language} className={styles.check}>
            <input type="checkbox" checked={chosen.includes(language)} onChange={() => toggle(language)} />
            {languageName(language)}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
