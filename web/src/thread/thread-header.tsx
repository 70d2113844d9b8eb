import { Link } from '@tanstack/react-router';
import { ChevronLeft, MoreHorizontal, PanelRight, Tag } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useMe } from '../api/session.js';
import { contactTitle, initials } from '../format/names.js';
import { formatPhone } from '../format/phone.js';
import { clock } from '../format/time.js';
import { FlagBadge } from '../inbox/flag-badge.js';
import { indicatorOf } from '../inbox/indicator.js';
import { listSearch, type ListView } from '../inbox/layout.js';
import type { Shown } from '../live/model.js';
import { useLive } from '../live/store.js';
import { TagChips } from '../tags/tag-chips.js';
import { Avatar } from '../ui/avatar.js';
import { Button, IconButton } from '../ui/button.js';
import { MenuPopover } from '../ui/lazy.js';
import { useIsPhone } from '../ui/use-media.js';
import { ACTION_ICONS } from './action-icons.js';
import { actionsOf, nextStepOf, type ActionId, type ActionState } from './action-list.js';
import { pickerOpen } from './picker-state.js';
import { PickerHost } from './picker-host.js';
import { runAction } from './run-action.js';
import styles from './thread-header.module.css';
import type { Actions } from './use-actions.js';
import { Viewers } from './viewers.js';

interface Props {
  readonly conversation: Shown;
  readonly actions: Actions;
  readonly view: ListView | null;
  readonly panel: boolean;
  readonly onPanel: (open: boolean) => void;
}

export function ThreadHeader({ conversation, actions, view, panel, onPanel }: Props) {
  const me = useMe();
  const phone = useIsPhone();
  const inboxName = useLive(
    (state) => state.inboxes?.find((inbox) => inbox.id === conversation.inboxId)?.name,
  );
  const title = contactTitle(conversation);
  const indicator = indicatorOf(conversation, conversation.unread, me.id, { initials, clock });
  const Title = phone ? 'h1' : 'h2';
  const list = actionsOf(conversation, me);
  const run = (action: ActionState) => runAction(action, conversation, actions, pickerOpen.set);

  return (
    <header className={styles.header}>
      {phone && (
        <Link
          to="/inboxes/$inboxId"
          params={{ inboxId: conversation.inboxId }}
          search={listSearch(view?.status ?? 'open', view?.q, view?.tag)}
          className={styles.back}
          aria-label="Back to the list"
        >
          <ChevronLeft aria-hidden="true" />
        </Link>
      )}
      <Avatar name={title} size={34} number={conversation.contactName === null} />
      <div className={styles.words}>
        <div className={styles.titleLine}>
          <Title className={styles.title}>{title}</Title>
          <FlagBadge indicator={indicator} />
          <Viewers conversationId={conversation.id} />
        </div>
        <p className={styles.sub}>
          <span className={styles.state}>{indicator.name.replace(/, \d+ new$/, '')}</span> · via{' '}
          {formatPhone(conversation.number)}
          {inboxName && !phone ? ` · ${inboxName}` : ''}
        </p>
      </div>
      <div className={styles.actions}>
        {!phone && <Toolbar list={list} next={nextStepOf(conversation, me.id)} run={run} />}
        {conversation.allowed.tag === true && (
          <IconButton
            label="Tags"
            shortcut="l"
            icon={<Tag />}
            align="end"
            haspopup="dialog"
            onPress={() => pickerOpen.set('tags')}
          />
        )}
        <IconButton
          label={panel ? 'Hide details' : 'Details and “Why here?”'}
          icon={<PanelRight />}
          align="end"
          pressed={panel}
          onPress={() => onPanel(!panel)}
        />
      </div>
      {conversation.tags && (
        <div className={styles.tags}>
          <TagChips ids={conversation.tags} most={phone ? 3 : 6} />
        </div>
      )}
      <PickerHost conversation={conversation} actions={actions} />
    </header>
  );
}

/** The first action in words, the others beside it as far as there is room, the rest in a menu. */
interface ToolbarProps {
  readonly list: readonly ActionState[];
  readonly next: ActionId | null;
  readonly run: (action: ActionState) => void;
}

function Toolbar({ list, next, run }: ToolbarProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const primary = list.find((action) => action.id === next && action.reason === null);
  const spoken = primary ?? list[0];
  return (
    <>
      <div className={styles.wide} role="group" aria-label="Actions">
        {list.map((action) => (
          <Button
            key={action.id}
            size="sm"
            variant={action === primary ? 'primary' : 'secondary'}
            icon={ACTION_ICONS[action.id]}
            reason={action.reason}
            hint={`${action.label.replace('…', '')} (${action.shortcut})`}
            compact={action !== spoken}
            align={action === list.at(-1) ? 'end' : 'center'}
            haspopup={action.id === 'assign' || action.id === 'transfer' ? 'dialog' : undefined}
            onPress={() => run(action)}
          >
            {action.label}
          </Button>
        ))}
      </div>
      <div className={styles.narrow} role="group" aria-label="Actions">
        {spoken && (
          <Button
            size="sm"
            variant={spoken === primary ? 'primary' : 'secondary'}
            icon={ACTION_ICONS[spoken.id]}
            reason={spoken.reason}
            hint={`${spoken.label.replace('…', '')} (${spoken.shortcut})`}
            compact
            onPress={() => run(spoken)}
          >
            {spoken.label}
          </Button>
        )}
        {list.length > 1 && (
          <IconButton
            ref={trigger}
            label="More actions"
            icon={<MoreHorizontal />}
            haspopup="menu"
            expanded={open}
            align="end"
            onPress={() => setOpen(true)}
          />
        )}
        {open && (
          <Suspense>
            <MenuPopover
              label="Actions"
              triggerRef={trigger}
              placement="bottom end"
              onClose={() => setOpen(false)}
              groups={[
                {
                  entries: list
                    .filter((action) => action !== spoken)
                    .map((action) => ({
                      id: action.id,
                      label: action.label,
                      icon: ACTION_ICONS[action.id],
                      reason: action.reason,
                      shortcut: action.shortcut,
                      act: () => run(action),
                    })),
                },
              ]}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}
