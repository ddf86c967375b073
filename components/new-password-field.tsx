'use client';

import { CircleCheck, CircleDashed } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  containedNames,
  normalizePassword,
  type PasswordNames,
  passwordRules,
  type RuleTuple,
} from '@/lib/policy/password';
import { passwordRuleText } from '@/lib/policy/password-text';
import { PasswordField } from './password-field';
import { classNames } from './ui/class-names';

type NewPasswordFieldProps = {
  readonly name?: string | undefined;
  readonly label?: ReactNode;
  /** `ruleTuple(effective values)`: the same rules as the server's, as plain values. */
  readonly rules: RuleTuple;
  readonly names?: PasswordNames | undefined;
  /** "One of your last N passwords" is refused; null where the rule is off, left out for a first password. */
  readonly reuse?: number | null | undefined;
};

type Line = { readonly text: string; readonly met: boolean };

function checklist({ rules, names }: NewPasswordFieldProps, candidate: string): readonly Line[] {
  const password = normalizePassword(candidate);
  const lines = passwordRules(rules).map((rule) => ({
    text: passwordRuleText(rule.issue),
    met: candidate !== '' && rule.holds(password),
  }));
  if (!names) return lines;
  const clear = candidate !== '' && containedNames(password, names).length === 0;
  return [...lines, { text: 'Without your name, login name or organization', met: clear }];
}

/** What only the server can tell; said beforehand, so that no refusal comes as a surprise. */
function serverRules({ rules, reuse }: NewPasswordFieldProps): string {
  const parts = [
    reuse === null && 'not your current password',
    reuse && `not one of your last ${reuse} passwords`,
    rules.breachedCheck && 'not a common one or one known from a breach',
  ].filter(Boolean);
  return parts.length === 0 ? '' : `When you save we also check that it is ${parts.join(', and ')}.`;
}

/** A new password with the rules in force ticked off while typing, by the very code that judges it after. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  const { name = 'newPassword', label = 'New password' } = props;
  const [candidate, setCandidate] = useState('');
  const lines = checklist(props, candidate);
  const met = lines.filter((line) => line.met).length;
  return (
    <PasswordField
      name={name}
      label={label}
      autoComplete="new-password"
      onCandidate={setCandidate}
      hint={
        <>
          <ul aria-label="Password rules" className="flex flex-col gap-1">
            {lines.map((line) => (
              <ChecklistLine key={line.text} line={line} />
            ))}
          </ul>
          <p className="mt-1.5">{serverRules(props)}</p>
        </>
      }
      status={candidate === '' ? '' : `${met} of ${lines.length} rules met`}
    />
  );
}

function ChecklistLine({ line }: { readonly line: Line }) {
  const Icon = line.met ? CircleCheck : CircleDashed;
  return (
    <li className={classNames('flex items-start gap-1.5', line.met && 'text-ok')}>
      <Icon aria-hidden className="mt-px size-4 shrink-0" />
      <span>
        {line.text}
        {line.met && <span className="sr-only">: met</span>}
      </span>
    </li>
  );
}
