import { useId, type ReactNode, type Ref } from 'react';
import { announce } from '../state/announcer.js';
import styles from './button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: (() => void) | undefined;
  readonly variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  readonly size?: 'md' | 'sm';
  readonly icon?: ReactNode;
  /** Why it cannot be used now. The button stays reachable and says so when asked. */
  readonly reason?: string | null | undefined;
  readonly shortcut?: string | undefined;
  readonly busy?: boolean;
  readonly type?: 'button' | 'submit';
  readonly hint?: string | undefined;
  readonly tip?: 'above' | 'below';
  readonly align?: 'center' | 'start' | 'end';
  readonly ref?: Ref<HTMLButtonElement>;
  readonly haspopup?: 'menu' | 'dialog' | undefined;
  readonly expanded?: boolean;
  readonly wide?: boolean;
  /** Where there is little room its label may give way to the icon; the hint then says it. */
  readonly compact?: boolean;
}

export function Button({
  children,
  onPress,
  variant = 'secondary',
  size = 'md',
  icon,
  reason = null,
  shortcut,
  busy = false,
  type = 'button',
  hint,
  tip = 'below',
  align = 'center',
  ref,
  haspopup,
  expanded,
  wide = false,
  compact = false,
}: ButtonProps) {
  const id = useId();
  const note = reason !== null && compact && hint ? `${hint}: ${reason}` : (reason ?? hint ?? null);
  const press = () => {
    if (reason) announce(reason);
    else if (!busy) onPress?.();
  };
  return (
    <span className={wide ? styles.wideAnchor : styles.anchor}>
      <button
        ref={ref}
        type={type}
        className={styles.button}
        data-variant={variant}
        data-size={size}
        data-compact={compact || undefined}
        aria-disabled={reason || busy ? true : undefined}
        aria-describedby={note ? id : undefined}
        aria-busy={busy || undefined}
        aria-haspopup={haspopup}
        aria-expanded={expanded}
        aria-keyshortcuts={shortcut}
        onClick={(event) => {
          if (type === 'submit' && !reason && !busy) return;
          event.preventDefault();
          press();
        }}
      >
        {icon}
        <span className={styles.label}>{children}</span>
        {shortcut && (
          <kbd className={styles.key} aria-hidden="true">
            {shortcut}
          </kbd>
        )}
      </button>
      {note && (
        <span id={id} role="tooltip" className={styles.tip} data-place={tip} data-align={align}>
          {note}
        </span>
      )}
    </span>
  );
}

interface IconButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onPress: () => void;
  readonly tip?: 'above' | 'below' | 'right';
  readonly align?: 'center' | 'start' | 'end';
  readonly pressed?: boolean;
  readonly haspopup?: 'menu' | 'dialog';
  readonly expanded?: boolean;
  readonly shortcut?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button whose name shows when it is pointed at or focused. */
export function IconButton({
  label,
  icon,
  onPress,
  tip = 'below',
  align = 'center',
  pressed,
  haspopup,
  expanded,
  shortcut,
  ref,
}: IconButtonProps) {
  return (
    <span className={styles.anchor}>
      <button
        ref={ref}
        type="button"
        className={styles.iconButton}
        aria-label={label}
        aria-pressed={pressed}
        aria-haspopup={haspopup}
        aria-expanded={expanded}
        onClick={onPress}
      >
        {icon}
      </button>
      <span className={styles.tip} data-place={tip} data-align={align} aria-hidden="true">
        {label}
        {shortcut && <kbd className={styles.tipKey}>{shortcut}</kbd>}
      </span>
    </span>
  );
}
