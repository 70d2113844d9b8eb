import { Ban, CircleAlert, MessageSquare, SendHorizontal, StickyNote, WifiOff } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useMe } from '../api/session.js';
import { useConnection } from '../live/connection.js';
import { addNote, sendReply } from '../live/commands.js';
import type { Shown } from '../live/model.js';
import { draftOf, keepDraft, useDraft } from '../state/drafts.js';
import { announce } from '../state/announcer.js';
import { usePreference } from '../state/preferences.js';
import { Button } from '../ui/button.js';
import { preloaded } from '../ui/lazy.js';
import type { Actions } from '../thread/use-actions.js';
import { AttachButton } from './attach-button.js';
import { attachFiles } from './attach-files.js';
import { filesSent, useAttachedFiles } from './attached-files.js';
import { AttachmentStrip } from './attachment-strip.js';
import { Blocked } from './blocked.js';
import { composerStateOf, whyNotSent } from './composer-state.js';
import styles from './composer.module.css';
import { inserted } from './template-values.js';
import { useSendWarnings } from './use-send-warnings.js';
import { useTemplates } from './use-templates.js';
import { useTypingSignal } from './use-typing-signal.js';

const LONGEST = 1600;

const SegmentCounter = preloaded(() => import('./segment-counter.js'));
const TemplateMenu = lazy(() => import('./template-menu.js'));

export function Composer({ conversation, actions }: { conversation: Shown; actions: Actions }) {
  const me = useMe();
  const { id } = conversation;
  const offline = useConnection().state === 'offline';
  const enterSends = usePreference('enterSends');
  const [mode, setMode] = useState<'reply' | 'note'>('reply');
  const draftId = mode === 'note' ? `${id}.note` : id;
  const text = useDraft(me.id, draftId);
  const [sending, setSending] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const signalTyping = useTypingSignal(id);
  const warnings = useSendWarnings(conversation, me.id, draftId);
  const state = composerStateOf(conversation, me.permissions, mode);
  const templates = useTemplates(conversation.inboxId, mode === 'reply' && state.kind !== 'blocked');
  const [choosing, setChoosing] = useState(false);
  const place = { userId: me.id, conversationId: id };
  const attached = useAttachedFiles(place);
  const files = mode === 'reply' ? attached : [];
  const tooLong =
    mode === 'reply' && text.length > LONGEST
      ? `A text holds at most ${LONGEST} characters; this one has ${text.length}.`
      : null;
  const canAttach = mode === 'reply' && state.kind !== 'blocked';
  const notYet = tooLong ?? whyNotSent(text, files);

  const before = useRef(state.kind);
  useEffect(() => {
    // Whoever has just taken it wants to write. On opening the keys stay free for j, k, e and the others.
    if (before.current === 'blocked' && state.kind === 'reply') box.current?.focus({ preventScroll: true });
    before.current = state.kind;
  }, [state.kind]);

  const send = () => {
    const words = text.trim();
    if (notYet !== null || sending || state.kind === 'blocked') return;
    if (mode === 'reply' && warnings.holdsBack()) return;
    setSending(true);
    signalTyping(false);
    const media = files.flatMap(({ attachment }) => attachment ?? []);
    const reply = { text: words, media, claim: state.kind === 'claim' };
    const attempt = mode === 'note' ? addNote(id, words) : sendReply(id, reply);
    attempt
      .then(() => {
        filesSent(place, files);
        // What was typed while it was on its way stays.
        const now = draftOf(me.id, draftId);
        const left = now.startsWith(text) ? now.slice(text.length) : now;
        keepDraft(me.id, draftId, left);
        warnings.seen();
        warnings.changed(now, left);
        announce(mode === 'note' ? 'Note added' : 'Sent');
        if (mode === 'note') setMode('reply');
      })
      .catch((error: unknown) => actions.refused(id, mode === 'note' ? 'note' : 'reply', error))
      .finally(() => {
        setSending(false);
        box.current?.focus({ preventScroll: true });
      });
  };
  const write = (words: string) => {
    warnings.changed(text, words);
    keepDraft(me.id, draftId, words);
    if (mode === 'reply') signalTyping(words !== '');
  };
  const insert = (words: string) => {
    const { selectionStart = text.length, selectionEnd = text.length } = box.current ?? {};
    const next = inserted(text, words, selectionStart, selectionEnd);
    write(next.text);
    // The menu gives the focus back to its button when it is gone; people go on writing.
    requestAnimationFrame(() => {
      box.current?.focus({ preventScroll: true });
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return box.current?.blur();
    if (event.key === '/' && text === '' && mode === 'reply' && templates.length > 0) {
      event.preventDefault();
      return setChoosing(true);
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    const wants = event.ctrlKey || event.metaKey || (enterSends && !event.shiftKey);
    if (!wants) return;
    event.preventDefault();
    send();
  };

  return (
    <div className={styles.composer} data-mode={mode}>
      {conversation.optedOut && mode === 'reply' && (
        <p className={styles.banner} role="status">
          <Ban aria-hidden="true" />
          This customer opted out of texts from this number. You can write again once they text START to it.
        </p>
      )}
      <div
        className={styles.box}
        data-blocked={state.kind === 'blocked'}
        onDragOver={(event) => canAttach && event.preventDefault()}
        onDrop={(event) => {
          if (!canAttach || event.dataTransfer.files.length === 0) return;
          event.preventDefault();
          attachFiles(place, [...event.dataTransfer.files]);
        }}
      >
        <div className={styles.modes} role="group" aria-label="What to write">
          <button
            type="button"
            className={styles.mode}
            aria-pressed={mode === 'reply'}
            onClick={() => setMode('reply')}
          >
            <MessageSquare aria-hidden="true" /> Reply
          </button>
          {conversation.allowed.note === true && (
            <button
              type="button"
              className={styles.mode}
              aria-pressed={mode === 'note'}
              onClick={() => setMode('note')}
            >
              <StickyNote aria-hidden="true" /> Note
            </button>
          )}
          {state.kind === 'claim' && <span className={styles.hint}>Sending assigns it to you.</span>}
          {mode === 'note' && <span className={styles.hint}>Only your team reads this.</span>}
        </div>
        {state.kind === 'blocked' ? (
          <Blocked
            reason={state.reason}
            canTake={state.canTake}
            keepsDraft={text.trim() !== '' || files.length > 0}
            onTake={() => actions.claim(id)}
          />
        ) : (
          <>
            <textarea
              ref={box}
              className={styles.text}
              id="composer"
              rows={2}
              dir="auto"
              value={text}
              aria-label={mode === 'note' ? 'Internal note' : 'Reply'}
              placeholder={mode === 'note' ? 'Write a note to your team' : 'Write a reply'}
              onChange={(event) => write(event.target.value)}
              onBlur={() => signalTyping(false)}
              onKeyDown={onKeyDown}
              onPaste={(event) => {
                const pasted = [...event.clipboardData.files];
                if (mode === 'note' || pasted.length === 0) return;
                event.preventDefault();
                attachFiles(place, pasted);
              }}
            />
            {files.length > 0 && <AttachmentStrip place={place} files={files} />}
            {warnings.warning !== null && mode === 'reply' && (
              <p className={styles.news} role="alert">
                <CircleAlert aria-hidden="true" /> {warnings.warning}
              </p>
            )}
            <div className={styles.foot}>
              {mode === 'reply' && <AttachButton onFiles={(chosen) => attachFiles(place, chosen)} />}
              {mode === 'reply' && templates.length > 0 && (
                <Suspense>
                  <TemplateMenu
                    conversation={conversation}
                    templates={templates}
                    open={choosing}
                    onOpen={setChoosing}
                    onPick={insert}
                  />
                </Suspense>
              )}
              {offline && (
                <span className={styles.offline}>
                  <WifiOff aria-hidden="true" /> Offline
                </span>
              )}
              {tooLong && (
                <span className={styles.tooLong} role="status">
                  {tooLong}
                </span>
              )}
              {mode === 'reply' && !tooLong && (
                <Suspense>
                  <SegmentCounter conversationId={id} text={text} files={files.length} />
                </Suspense>
              )}
              <span className={styles.send}>
                <Button
                  variant="primary"
                  size="sm"
                  tip="above"
                  align="end"
                  busy={sending}
                  icon={<SendHorizontal aria-hidden="true" />}
                  reason={notYet}
                  hint={enterSends ? 'Key: Enter' : 'Keys: Ctrl+Enter'}
                  onPress={send}
                >
                  {mode === 'note'
                    ? 'Add note'
                    : warnings.warning !== null
                      ? 'Send anyway'
                      : state.kind === 'claim'
                        ? 'Assign & send'
                        : 'Send'}
                </Button>
              </span>
            </div>
          </>
        )}
      </div>
    </div>
  );
}
