import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './button.js';
import styles from './modal.module.css';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg';
  /** The palette has no visible heading: its field says what it is. */
  readonly bare?: boolean;
}

/** A dialog over everything else: keeps the focus, closes with Escape or a press outside. */
export default function ModalDialog({ title, onClose, children, size = 'sm', bare = false }: Props) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className={styles.modal ?? ''} data-size={size}>
        <Dialog className={styles.dialog ?? ''} {...(bare ? { 'aria-label': title } : {})}>
          {!bare && (
            <header className={styles.head}>
              <Heading slot="title" className={styles.title ?? ''}>
                {title}
              </Heading>
              <IconButton label="Close" icon={<X />} onPress={onClose} align="end" />
            </header>
          )}
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
