'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { TextField } from '@/components/text-field';
import { Button } from '@/components/ui/button';
import { Moment } from '@/components/ui/moment';
import { entryField } from '@/lib/policy/policy-form';
import type { AllowEntry } from '@/lib/policy/setting';

type AddressRowProps = {
  readonly at: number;
  readonly entry: AllowEntry;
  readonly lastHit: number | undefined;
  readonly onEdit: () => void;
};

/** An instant as `datetime-local` wants it, in UTC. */
const localText = (at: number | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, 16));

/** One network with its label and its end. An emptied row is dropped when the form is sent. */
export function AddressRow({ at, entry, lastHit, onEdit }: AddressRowProps) {
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  const remove = () => {
    setGone(true);
    onEdit();
  };
  return (
    <li className="grid grid-cols-1 items-start gap-3 rounded-md border border-line bg-sunken/50 p-3 sm:grid-cols-[1fr_1fr_12rem_auto]">
      <TextField
        name={entryField('allowList', at, 'cidr')}
        label={`Network ${at + 1}`}
        defaultValue={entry.cidr}
        placeholder="203.0.113.0/24"
        spellCheck={false}
        autoComplete="off"
        mono
      />
      <TextField
        name={entryField('allowList', at, 'label')}
        label="Label"
        optional
        defaultValue={entry.label}
        placeholder="Office, London"
        autoComplete="off"
      />
      <TextField
        name={entryField('allowList', at, 'expiresAt')}
        label="Ends (UTC)"
        optional
        type="datetime-local"
        defaultValue={localText(entry.expiresAt)}
      />
      <Button
        look="quiet"
        size="small"
        className="needs-script sm:mt-6"
        aria-label={`Remove network ${at + 1}`}
        icon={<X aria-hidden />}
        onClick={remove}
      >
        <span className="sm:sr-only">Remove</span>
      </Button>
      {entry.cidr !== '' && (
        <p className="text-muted text-xs sm:col-span-full">
          {lastHit === undefined ? (
            'Not used in the last 30 days'
          ) : (
            <>
              Last used <Moment at={lastHit} />
            </>
          )}
        </p>
      )}
    </li>
  );
}
