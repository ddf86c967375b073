import { CopyButton } from './ui/copy-button';

/** The key of an authentication app, in groups of four, with a button that copies it unbroken. */
export function SecretKey({ secret }: { readonly secret: string }) {
  const groups = secret.match(/.{1,4}/g) ?? [];
  return (
    <div className="flex flex-wrap items-center gap-3">
      <code className="font-mono text-sm [word-spacing:0.25em]">{groups.join(' ')}</code>
      <CopyButton text={secret} accessibleLabel="Copy key" />
    </div>
  );
}
