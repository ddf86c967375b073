'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, type ButtonLook, type ButtonSize } from './button';

type CopyButtonProps = {
  readonly text: string;
  readonly label?: string | undefined;
  /** Told to screen readers where several buttons say "Copy": "Copy host". */
  readonly accessibleLabel?: string | undefined;
  readonly look?: ButtonLook | undefined;
  readonly size?: ButtonSize | undefined;
};

type Outcome = 'none' | 'copied' | 'refused';

const words: Record<Outcome, string> = {
  none: '',
  copied: 'Copied',
  refused: 'Your browser refused. Select the text and copy it.',
};

/** Copies, and says so in its own place for two seconds. */
export function CopyButton({ text, label = 'Copy', accessibleLabel, look, size = 'small' }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), outcome === 'copied' ? 2000 : 6000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  const copied = outcome === 'copied';
  return (
    <span className="needs-script inline-flex flex-col gap-1">
      <Button
        look={look}
        size={size}
        onClick={copy}
        aria-label={accessibleLabel}
        icon={copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      >
        {label}
      </Button>
      <span role="status" className={outcome === 'refused' ? 'text-bad text-xs' : 'sr-only'}>
        {words[outcome]}
      </span>
    </span>
  );
}
