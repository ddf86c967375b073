'use client';

import { useId, useState } from 'react';
import { Field, fieldAttributes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { matchingEntry, parseAddress } from '@/lib/policy/cidr';
import type { AllowEntry } from '@/lib/policy/setting';

type AddressTestProps = { readonly entries: readonly AllowEntry[]; readonly start: string };

function verdictOf(entries: readonly AllowEntry[], text: string): string {
  if (text === '') return '';
  const address = parseAddress(text);
  if (address === null) return 'That is not an IPv4 or IPv6 address.';
  const entry = matchingEntry(entries, address, Date.now());
  if (entry === null) return 'No network of the list holds it: it would be refused.';
  return `Allowed by ${entry.cidr}${entry.label === '' ? '' : ` (${entry.label})`}.`;
}

/** Tells by the very code of sign-in whether an address is in the list as it was last kept. */
export function AddressTest({ entries, start }: AddressTestProps) {
  const id = useId();
  const [text, setText] = useState(start);
  if (entries.length === 0) return null;
  const hint = 'Asked of the networks as they were last kept in the draft or saved.';
  return (
    <div className="needs-script flex flex-col gap-1.5">
      <Field id={id} label="Test an address" hint={hint} className="max-w-xs">
        <Input
          {...fieldAttributes({ id, hint })}
          value={text}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
          onChange={(event) => setText(event.target.value.trim())}
        />
      </Field>
      <p role="status" className="text-sm">
        {verdictOf(entries, text)}
      </p>
    </div>
  );
}
