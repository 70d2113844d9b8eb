import type { ConsentLanguage, ConsentSettings, Keyword } from '@partyline/contracts';
import { LONGEST_ANSWER } from '@partyline/contracts/limits';
import { useState, type FormEvent } from 'react';
import { announce } from '../state/announcer.js';
import { Button } from '../ui/button.js';
import styles from './admin-page.module.css';
import { useConsentSettings } from './consent-settings.js';
import layout from './keyword-answers.module.css';
import { languageName } from './language-name.js';
import { ownAnswers } from './own-answers.js';

const LABELS: readonly (readonly [Keyword, string])[] = [
  ['stop', 'To STOP'],
  ['start', 'To START'],
  ['help', 'To HELP'],
];

/** What customers are answered who write STOP, START or HELP, where their carrier does not answer by itself. */
export function KeywordAnswers() {
  const { settings, change } = useConsentSettings();
  return (
    <section className={styles.card} aria-labelledby="keyword-answers">
      <h2 id="keyword-answers" className={styles.heading}>
        Answers to STOP, START and HELP
      </h2>
      <p className={styles.lead}>
        Sent at once, even to who wants no more texts, where the carrier does not answer by itself. Name your
        company, and how else to reach you. Where a box is empty, the text in grey is sent.
      </p>
      {settings.isSuccess && (
        <Form
          key={JSON.stringify(settings.data)}
          settings={settings.data}
          busy={change.isPending}
          onSave={(changed) =>
            change.mutate(
              { languages: settings.data.languages, ...changed },
              { onSuccess: () => announce('The answers are changed') },
            )
          }
        />
      )}
    </section>
  );
}

interface FormProps {
  readonly settings: ConsentSettings;
  readonly busy: boolean;
  readonly onSave: (changed: Pick<ConsentSettings, 'answersIn' | 'answers'>) => void;
}

function Form({ settings, busy, onSave }: FormProps) {
  const { languages, standardAnswers } = settings;
  const spoken: ConsentLanguage[] = [...new Set<ConsentLanguage>(['en', ...languages, settings.answersIn])];
  const [answersIn, setAnswersIn] = useState(settings.answersIn);
  const [language, setLanguage] = useState(settings.answersIn);
  const [answers, setAnswers] = useState(settings.answers);
  const write = (keyword: Keyword, text: string) =>
    setAnswers({ ...answers, [language]: { ...answers[language], [keyword]: text } });
  const wanted = { answersIn, answers: ownAnswers(answers) };
  const same =
    JSON.stringify(wanted) === JSON.stringify({ answersIn: settings.answersIn, answers: settings.answers });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(wanted);
  };
  const choice = (label: string, value: ConsentLanguage, onChange: (chosen: ConsentLanguage) => void) => (
    <label className={styles.field}>
      <span>{label}</span>
      <select
        className={styles.select}
        value={value}
        onChange={({ target }) => onChange(spoken.find((one) => one === target.value) ?? 'en')}
      >
        {spoken.map((one) => (
          <option key={one} value={one}>
            {languageName(one)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form className={layout.form} onSubmit={submit}>
      {spoken.length > 1 && (
        <div className={layout.choices}>
          {choice('English words are answered in', answersIn, setAnswersIn)}
          {choice('Texts in', language, setLanguage)}
        </div>
      )}
      {LABELS.map(([keyword, label]) => (
        <label key={keyword} className={styles.field}>
          <span>{label}</span>
          <textarea
            className={styles.select}
            rows={3}
            maxLength={LONGEST_ANSWER}
            lang={language}
            placeholder={standardAnswers[language]?.[keyword] ?? ''}
            value={answers[language]?.[keyword] ?? ''}
            onChange={({ target }) => write(keyword, target.value)}
          />
        </label>
      ))}
      <div className={styles.buttons}>
        <Button variant="primary" type="submit" busy={busy} reason={same ? 'Nothing is changed.' : null}>
          Save answers
        </Button>
      </div>
    </form>
  );
}
