import { WEBHOOK_EVENTS, type WebhookEvent } from '@partyline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { SecretOnce } from './secret-once.js';
import { useAttemptKey } from './use-attempt-key.js';

const LABELS: Readonly<Record<WebhookEvent, string>> = {
  'conversation.created': 'A conversation begins',
  'conversation.assigned': 'Somebody takes it or is given it',
  'conversation.transferred': 'It is transferred',
  'conversation.returned': 'It goes back to Unassigned',
  'conversation.done': 'It is done',
  'conversation.reopened': 'It is open again',
  'message.received': 'A text comes in',
  'message.queued': 'A reply goes out',
  'message.status': 'A reply arrives, or does not',
  'consent.changed': 'A customer opts out or in',
  'number.quiet': 'A number goes quiet',
  'number.heard': 'It gets texts again',
  'account.failing': 'A carrier account fails',
  'account.recovered': 'It works again',
};

/** Adds an endpoint, and shows its secret this once. */
export function WebhookDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const [url, setUrl] = useState('https://');
  const [description, setDescription] = useState('');
  const [events, setEvents] = useState<readonly WebhookEvent[]>(WEBHOOK_EVENTS);
  const attempt = useAttemptKey();
  const add = useMutation({
    mutationFn: () =>
      attempt((key) => api.admin.webhooks.create({ url, description, events: [...events] }, key)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['admin', 'webhooks'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };
  if (add.data) {
    return (
      <ModalDialog title="The secret of the webhook" onClose={onClose} size="md">
        <SecretOnce secret={add.data.secret} what="secret" onClose={onClose} />
      </ModalDialog>
    );
  }
  return (
    <ModalDialog title="Add a webhook" onClose={onClose} size="md">
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Address"
          type="url"
          required
          autoFocus
          hint="https, on the public internet"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Field
          label="Name"
          maxLength={200}
          hint="Which system it is, for your colleagues"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <fieldset className={styles.checks}>
          <legend>Tell it when</legend>
          {WEBHOOK_EVENTS.map((type) => (
            <label key={type} className={styles.check}>
              <input
                type="checkbox"
                checked={events.includes(type)}
                onChange={({ target }) =>
                  setEvents((current) =>
                    WEBHOOK_EVENTS.filter((each) =>
                      each === type ? target.checked : current.includes(each),
                    ),
                  )
                }
              />
              {LABELS[type]}
            </label>
          ))}
        </fieldset>
        {add.isError && (
          <p className={styles.error} role="alert">
            {sentenceOf(add.error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button
            variant="primary"
            type="submit"
            busy={add.isPending}
            reason={events.length === 0 ? 'Choose what it is told of.' : null}
          >
            Add it
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
