import type { ReactNode, RefObject } from 'react';
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from 'react-aria-components';
import styles from './menu.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly detail?: string | undefined;
  /** Why it cannot be chosen now; it is then shown instead of doing anything. */
  readonly reason?: string | null;
  readonly shortcut?: string;
  readonly selected?: boolean;
  readonly act: () => void;
}
export interface MenuGroup {
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}

interface Props {
  readonly label: string;
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly groups: readonly MenuGroup[];
  readonly onClose: () => void;
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end';
}

/** A menu that opens beside its trigger. */
export default function MenuPopover({
  label,
  triggerRef,
  groups,
  onClose,
  placement = 'bottom start',
}: Props) {
  const entries = groups.flatMap((group) => group.entries);
  return (
    <Popover
      className={styles.popover ?? ''}
      aria-label={label}
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      placement={placement}
      offset={6}
    >
      <Menu
        className={styles.menu ?? ''}
        aria-label={label}
        autoFocus="first"
        disabledKeys={entries.filter((entry) => entry.reason).map((entry) => entry.id)}
        onAction={(key) => {
          onClose();
          entries.find((entry) => entry.id === key)?.act();
        }}
      >
        {groups.flatMap((group, index) => [
          ...(index > 0 ? [<Separator key={`line-${index}`} className={styles.line ?? ''} />] : []),
          <MenuSection key={group.title ?? index} {...(group.title ? {} : { 'aria-label': label })}>
            {group.title ? <Header className={styles.title ?? ''}>{group.title}</Header> : null}
            {group.entries.map((entry) => (
              <MenuItem
                key={entry.id}
                id={entry.id}
                textValue={entry.label}
                className={styles.item ?? ''}
                data-chosen={entry.selected || undefined}
              >
                {entry.icon && <span className={styles.icon}>{entry.icon}</span>}
                <span className={styles.words}>
                  <span>{entry.label}</span>
                  {(entry.reason ?? entry.detail) && (
                    <span className={styles.detail}>{entry.reason ?? entry.detail}</span>
                  )}
                </span>
                {entry.shortcut && (
                  <kbd className={styles.key} aria-hidden="true">
                    {entry.shortcut}
                  </kbd>
                )}
                {entry.selected && (
                  <span className={styles.check} aria-label="chosen" role="img">
                    ✓
                  </span>
                )}
              </MenuItem>
            ))}
          </MenuSection>,
        ])}
      </Menu>
    </Popover>
  );
}
