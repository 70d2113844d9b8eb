import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { IconButton } from '../ui/button.js';

/** What the server takes (ingest looks at the bytes all the same). */
const ACCEPTED = 'image/*,video/*,audio/*,application/pdf,.vcf';

export function AttachButton({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton label="Attach files" icon={<Paperclip />} onPress={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={ACCEPTED}
        data-testid="attach"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
