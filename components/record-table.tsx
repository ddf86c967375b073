import { CodeText } from './ui/code-text';
import { CopyButton } from './ui/copy-button';

export type DnsRecord = {
  readonly type: string;
  /** As most DNS hosts want it: without the domain. */
  readonly hostShort: string;
  readonly hostFull: string;
  readonly value: string;
};

type RowProps = {
  readonly label: string;
  readonly text: string;
  readonly note?: string | undefined;
};

/** The record to set, each part with its own copy button. */
export function RecordTable({ record }: { readonly record: DnsRecord }) {
  return (
    <dl className="divide-y divide-line rounded-md border border-line">
      <RecordRow label="Type" text={record.type} />
      <RecordRow label="Host" text={record.hostShort} note="What most DNS hosts ask for" />
      <RecordRow label="Full host" text={record.hostFull} note="If yours asks for the whole name" />
      <RecordRow label="Value" text={record.value} />
    </dl>
  );
}

function RecordRow({ label, text, note }: RowProps) {
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[7rem_1fr_auto]">
      <dt className="text-muted max-sm:text-xs">{label}</dt>
      <dd className="min-w-0 max-sm:row-start-2">
        <CodeText>{text}</CodeText>
        {note && <span className="block text-muted text-xs">{note}</span>}
      </dd>
      <dd className="max-sm:row-span-2 max-sm:row-start-1">
        <CopyButton text={text} accessibleLabel={`Copy ${label.toLowerCase()}`} />
      </dd>
    </div>
  );
}
