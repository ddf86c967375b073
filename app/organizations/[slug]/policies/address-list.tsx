'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { RadioField } from '@/components/choice-field';
import { SubmitButton } from '@/components/submit-button';
import { Button } from '@/components/ui/button';
import { CodeText } from '@/components/ui/code-text';
import { modeField } from '@/lib/policy/policy-form';
import type { AllowEntry, AllowList } from '@/lib/policy/setting';
import { AddressRow } from './address-row';
import { AddressTest } from './address-test';

type AddressListProps = {
  readonly list: AllowList;
  readonly address: string | null;
  readonly lastHits: Readonly<Record<string, number>>;
  readonly isLocked: boolean;
  readonly onEdit: () => void;
};

const empty: AllowEntry = { cidr: '', label: '', expiresAt: null };
const modes = [
  { value: 'off', label: 'Off', hint: 'People sign in from anywhere. The networks below are kept.' },
  {
    value: 'monitor',
    label: 'Monitor only',
    hint: 'Nobody is refused. What the list would have refused is shown on this page.',
  },
  { value: 'enforce', label: 'Enforce', hint: 'People sign in and work only from the networks below.' },
];

/** The editor of an address list: mode, networks, your own address, and a test. */
export function AddressList({ list, address, lastHits, isLocked, onEdit }: AddressListProps) {
  const [blanks, setBlanks] = useState(list.entries.length === 0 ? 2 : 1);
  const entries = [...list.entries, ...new Array<AllowEntry>(isLocked ? 0 : blanks).fill(empty)];
  // A row is known by its place alone: its place is what its fields are named after.
  const rows = entries.map((entry, at) => ({ at, entry }));
  return (
    <fieldset disabled={isLocked} className="flex flex-col gap-4" onChange={onEdit}>
      <legend className="sr-only">IP allow-list</legend>
      <RadioField name={modeField('allowList')} label="Mode" options={modes} defaultValue={list.mode} />
      <div className="flex flex-col gap-3">
        <p className="max-w-prose text-muted text-xs">
          A network is an address and the length of its fixed part: <CodeText>203.0.113.0/24</CodeText> holds
          the 256 addresses from .0 to .255, <CodeText>2001:db8:12::/48</CodeText> a whole site of IPv6. One
          address alone is a network of one.
        </p>
        {rows.length > 0 && (
          <ol className="flex flex-col gap-3">
            {rows.map((row) => (
              <AddressRow key={row.at} {...row} lastHit={lastHits[row.entry.cidr]} onEdit={onEdit} />
            ))}
          </ol>
        )}
        {!isLocked && (
          <div className="flex flex-wrap items-center gap-2">
            <Button
              size="small"
              icon={<Plus aria-hidden />}
              className="needs-script"
              onClick={() => setBlanks(blanks + 1)}
            >
              Add a network
            </Button>
            {address !== null && (
              <SubmitButton look="secondary" size="small" name="intent" value="add_address">
                Add my current address
              </SubmitButton>
            )}
            <span className="text-muted text-xs">
              Your address now: <CodeText>{address ?? 'not known'}</CodeText>
            </span>
          </div>
        )}
      </div>
      <AddressTest entries={list.entries} start={address ?? ''} />
    </fieldset>
  );
}
