import { TAG_COLOURS, type Tag } from '@partyline/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client.js';
import { sentenceOf } from '../api/problem.js';
import { TagChip } from '../tags/tag-chips.js';
import { Button } from '../ui/button.js';
import { Field } from '../ui/field.js';
import { ModalDialog } from '../ui/lazy.js';
import styles from './admin-page.module.css';
import { useAttemptKey } from './use-attempt-key.js';

interface Props {
  readonly tag: Tag | null;
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** Adds a tag, or gives one another name or colour. */
export function TagDialog({ tag, onChanged, onClose }: Props) {
  const [name, setName] = useState(tag?.name ?? '');
  const [colour, setColour] = useState(tag?.colour ?? TAG_COLOURS[0]);
  const attempt = useAttemptKey();
  const save = useMutation({
    mutationFn: () =>
      tag
        ? api.admin.tags.change(tag.id, { name, colour, revision: tag.revision })
        : attempt((key) => api.admin.tags.create({ name, colour }, key)),
    onSuccess: onClose,
    onSettled: onChanged,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <ModalDialog title={tag ? 'Change a tag' : 'Add a tag'} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label="Name"
          required
          maxLength={30}
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className={styles.checks}>
          <legend>Colour</legend>
          {TAG_COLOURS.map((each) => (
            <label key={each} className={styles.check}>
              <input
                type="radio"
                name="colour"
                value={each}
                checked={colour === each}
                onChange={() => setColour(each)}
              />
              <TagChip tag={{ id: each, name: name || each, colour: each, retired: false, revision: 1 }} />
              {name !== '' && <span className={styles.sub}>{each}</span>}
            </label>
          ))}
        </fieldset>
        {save.isError && (
          <p className={styles.error} role="alert">
            {sentenceOf(save.error)}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
