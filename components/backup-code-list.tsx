'use client';

import { Download, Printer } from 'lucide-react';
import { Button } from './ui/button';
import { classNames } from './ui/class-names';
import { CopyButton } from './ui/copy-button';

export type BackupCode = { readonly code: string; readonly used?: boolean | undefined };

type BackupCodeListProps = {
  readonly codes: readonly BackupCode[];
  /** The login email: on paper the sheet has to say whose door it opens. */
  readonly login: string;
  readonly host: string;
};

function sheetText({ codes, login, host }: BackupCodeListProps): string {
  const lines = codes.filter((one) => !one.used).map((one) => one.code);
  return [`Gatehouse backup codes for ${login}`, host, 'Each code works once.', '', ...lines, ''].join(
    '\r\n',
  );
}

function download(text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'gatehouse-backup-codes.txt';
  link.click();
  URL.revokeObjectURL(address);
}

/** The codes, and three ways to keep them. */
export function BackupCodeList(props: BackupCodeListProps) {
  const { codes, login, host } = props;
  const unused = codes.filter((one) => !one.used).map((one) => one.code);
  return (
    <div className="flex flex-col gap-4">
      <div data-print-sheet className="rounded-md border border-line bg-sunken/50 p-4">
        <p className="mb-3 hidden print:block">
          Gatehouse backup codes for {login} at {host}. Each code works once.
        </p>
        <ol
          aria-label="Backup codes"
          className="grid grid-cols-2 gap-x-6 gap-y-2 font-mono text-sm sm:text-base"
        >
          {codes.map((one) => (
            <li key={one.code} className="whitespace-nowrap">
              <span className={classNames(one.used && 'text-muted line-through')}>{one.code}</span>
              {one.used && <span className="ml-2 font-sans text-muted text-xs">used</span>}
            </li>
          ))}
        </ol>
      </div>
      <div className="needs-script flex flex-wrap gap-2">
        <CopyButton text={unused.join('\n')} size="normal" />
        <Button icon={<Download aria-hidden />} onClick={() => download(sheetText(props))}>
          Download
        </Button>
        <Button icon={<Printer aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      </div>
    </div>
  );
}
