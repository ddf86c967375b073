'use client';

import { useActionState } from 'react';
import { RadioField } from '@/components/choice-field';
import { Form } from '@/components/form';
import { SubmitButton } from '@/components/submit-button';
import { TextField } from '@/components/text-field';
import { Card } from '@/components/ui/card';
import { idle } from '@/lib/policy/form-state';
import { sendReview } from './actions';

type Terms = {
  readonly tightening: 'next_sign_in' | 'next_change' | 'by_date';
  readonly tighteningBy: number | null;
  readonly effectiveFrom: number | null;
  readonly expirationSpreadDays: number;
};

type ReviewFormProps = {
  readonly about: { readonly organization: string; readonly domain: string };
  readonly seen: { readonly base: string; readonly revision: number; readonly preview: string };
  readonly intent: 'save' | 'activate';
  readonly isActive: boolean;
  readonly terms: Terms | null;
  /** Which of the terms this change has any use for; null where nothing is saved. */
  readonly asks: { readonly tightening: boolean; readonly spread: boolean; readonly later: boolean } | null;
};

const choices = [
  {
    value: 'next_sign_in',
    label: 'At the next sign-in',
    hint: 'Whoever signs in with a password that no longer meets the rules changes it then.',
  },
  {
    value: 'next_change',
    label: 'At the next change',
    hint: 'Passwords that exist stay good. The rules hold for new ones only.',
  },
  {
    value: 'by_date',
    label: 'By a date',
    hint: 'As at the next sign-in; and after the date everybody whose password was not checked by then changes it.',
  },
];

const localText = (at: number | null): string => (at === null ? '' : new Date(at).toISOString().slice(0, 16));

/** When and how the change applies, and the buttons that save it. */
export function ReviewForm({ about, seen, intent, isActive, terms, asks }: ReviewFormProps) {
  const [state, submit] = useActionState(sendReview, idle);
  const hasTerms = asks !== null && terms !== null && (asks.tightening || asks.spread || asks.later);
  return (
    <Form action={submit} state={state} label="Save the changes" quiet>
      <input type="hidden" name="organization" value={about.organization} />
      <input type="hidden" name="domain" value={about.domain} />
      <input type="hidden" name="base" value={seen.base} />
      <input type="hidden" name="revision" value={seen.revision} />
      <input type="hidden" name="preview" value={seen.preview} />
      {hasTerms && <TermsCard terms={terms} asks={asks} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {intent === 'activate' ? (
          <SaveButton value="activate" label="Activate" />
        ) : (
          <SaveButtons isActive={isActive} />
        )}
      </div>
    </Form>
  );
}

function SaveButtons({ isActive }: { readonly isActive: boolean }) {
  return (
    <>
      <SaveButton value="discard" label="Discard" look="quiet" />
      <SaveButton value="save" label="Save" look={isActive ? 'primary' : 'secondary'} />
      {!isActive && <SaveButton value="save_and_activate" label="Save and activate" />}
    </>
  );
}

type SaveButtonProps = {
  readonly value: string;
  readonly label: string;
  readonly look?: 'primary' | 'secondary' | 'quiet';
};

function SaveButton({ value, label, look }: SaveButtonProps) {
  return (
    <SubmitButton look={look} name="intent" value={value}>
      {label}
    </SubmitButton>
  );
}

type TermsCardProps = { readonly terms: Terms; readonly asks: NonNullable<ReviewFormProps['asks']> };

function TermsCard({ terms, asks }: TermsCardProps) {
  return (
    <Card
      title="When it applies"
      footer={
        <>
          <p className="text-muted text-xs">Other terms can touch other people.</p>
          <SubmitButton look="secondary" size="small" name="intent" value="look_again">
            Update preview
          </SubmitButton>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {asks.later && (
          <TextField
            name="effectiveFrom"
            label="Takes effect (UTC)"
            hint="Leave it empty for now."
            type="datetime-local"
            optional
            defaultValue={localText(terms.effectiveFrom)}
            className="max-w-xs"
          />
        )}
        {asks.tightening && (
          <>
            <RadioField
              name="tightening"
              label="When the password rules reach passwords that exist"
              options={choices}
              defaultValue={terms.tightening}
            />
            <TextField
              name="tighteningBy"
              label="Date, where you chose one (UTC)"
              type="datetime-local"
              optional
              defaultValue={localText(terms.tighteningBy)}
              className="max-w-xs"
            />
          </>
        )}
        {asks.spread && (
          <TextField
            name="expirationSpreadDays"
            label="Spread first expirations over days"
            hint="0 to 30. Nobody expires within 7 days from now; after that each person on a day of their own."
            inputMode="numeric"
            defaultValue={String(terms.expirationSpreadDays)}
            className="max-w-xs"
          />
        )}
      </div>
    </Card>
  );
}
