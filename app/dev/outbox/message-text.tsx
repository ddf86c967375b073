import { CopyButton } from '@/components/ui/copy-button';

const address = /(https?:\/\/[^\s<>"]+)/;
const code = /\b\d{6}\b/;

/** A message in plain text, with its links to follow and its code to copy. */
export function MessageText({ text }: { readonly text: string }) {
  const found = code.exec(text)?.[0];
  const parts = text
    .trim()
    .split(address)
    .map((part, index) => ({ part, id: `${index}:${part}` }));
  return (
    <div className="flex flex-col items-start gap-4">
      <p className="whitespace-pre-wrap break-words text-sm">
        {parts.map(({ part, id }) =>
          address.test(part) ? (
            <a key={id} href={part} className="link break-all">
              {part}
            </a>
          ) : (
            part
          ),
        )}
      </p>
      {found && <CopyButton text={found} label="Copy code" />}
    </div>
  );
}
