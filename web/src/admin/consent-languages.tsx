import { CONSENT_LANGUAGES, type ConsentLanguage } from '@partyline/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { toast } from '../state/toasts.js';
import styles from './admin-page.module.css';

const KEY = ['admin', 'consent-settings'];
const names = new Intl.DisplayNames(['en'], { type: 'language' });
const OTHERS = CONSENT_LANGUAGES.filter((language) => language !== 'en');

/** In which languages words like STOP count. */
export function ConsentLanguages() {
  const queries = useQueryClient();
  const settings = useQuery({ queryKey: KEY, queryFn: api.admin.optOuts.settings });
  const change = useMutation({
    mutationFn: (languages: ConsentLanguage[]) => api.admin.optOuts.changeSettings({ languages }),
    onError: (error) => toast('error', sentenceOf(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const chosen = change.isPending ? change.variables : (settings.data?.languages ?? []);
  const toggle = (language: ConsentLanguage) =>
    change.mutate(
      chosen.includes(language) ? chosen.filter((one) => one !== language) : [...chosen, language],
    );
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
            {names.of(language)}
          </label>
        ))}
      </fieldset>
    </section>
  );
}
