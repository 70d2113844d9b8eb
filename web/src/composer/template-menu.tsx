import { renderTemplate, type Template } from '@partyline/contracts';
import { TextQuote } from 'lucide-react';
import { Suspense, useRef } from 'react';
import { useMe } from '../api/session.js';
import type { Shown } from '../live/model.js';
import { useLive } from '../live/store.js';
import { IconButton } from '../ui/button.js';
import { MenuPopover } from '../ui/lazy.js';
import { valuesOf } from './template-values.js';

interface Props {
  readonly conversation: Shown;
  readonly templates: readonly Template[];
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** The text, ready to be written on. */
  readonly onPick: (text: string) => void;
}

/** Puts a template into the draft, filled in for this customer. */
export default function TemplateMenu({ conversation, templates, open, onOpen, onPick }: Props) {
  const me = useMe();
  const inboxName = useLive(
    (state) => state.inboxes?.find(({ id }) => id === conversation.inboxId)?.name ?? null,
  );
  const trigger = useRef<HTMLButtonElement>(null);
  const values = valuesOf(conversation.contactName, me.name, inboxName);
  return (
    <>
      <IconButton
        ref={trigger}
        label="Templates"
        icon={<TextQuote />}
        haspopup="menu"
        expanded={open}
        onPress={() => onOpen(true)}
      />
      {open && (
        <Suspense>
          <MenuPopover
            label="Templates"
            triggerRef={trigger}
            placement="top start"
            onClose={() => onOpen(false)}
            groups={[
              {
                entries: templates.map(({ id, name, text }) => ({
                  id,
                  label: name,
                  detail: beginning(renderTemplate(text, values)),
                  act: () => onPick(renderTemplate(text, values)),
                })),
              },
            ]}
          />
        </Suspense>
      )}
    </>
  );
}

/** Enough to tell it from the others. */
const beginning = (text: string) => (text.length > 110 ? `${text.slice(0, 109).trimEnd()}…` : text);
