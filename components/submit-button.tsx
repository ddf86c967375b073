'use client';

import { LoaderCircle } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { Button, type ButtonLook, type ButtonSize } from './ui/button';

type SubmitButtonProps = {
  readonly look?: ButtonLook | undefined;
  readonly size?: ButtonSize | undefined;
  readonly icon?: ReactNode;
  /** Tells several buttons of one form apart. */
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly children: ReactNode;
};

/** Sends its form. It is never disabled for wrong input; while sending it refuses a second press. */
export function SubmitButton({ look = 'primary', size, icon, name, value, children }: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const mine = pending && (name === undefined || data?.get(name) === value);
  const refuseSecondPress = (event: MouseEvent) => {
    if (pending) event.preventDefault();
  };
  return (
    <Button
      type="submit"
      // In the card of a sign-in a button is as wide as the card, unless it is one of several in a row.
      className="self-start in-data-[card=sign-in]:not-in-[li]:w-full"
      look={look}
      size={size}
      name={name}
      value={value}
      aria-disabled={pending || undefined}
      onClick={refuseSecondPress}
      icon={mine ? <LoaderCircle aria-hidden className="animate-spin" /> : icon}
    >
      {children}
    </Button>
  );
}
