/** The four things a color may say; the words beside it say it too. */
export type Tone = 'neutral' | 'ok' | 'warn' | 'bad';

export const toneSurface: Record<Tone, string> = {
  neutral: 'border-line bg-sunken text-ink',
  ok: 'border-ok-line bg-ok-soft text-ok',
  warn: 'border-warn-line bg-warn-soft text-warn',
  bad: 'border-bad-line bg-bad-soft text-bad',
};

export const toneText: Record<Tone, string> = {
  neutral: 'text-muted',
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
};
