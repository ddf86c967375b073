import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { Tone } from './state';

const icons = { neutral: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert };

export function ToneIcon({
  tone,
  className,
}: {
  readonly tone: Tone;
  readonly className?: string | undefined;
}) {
  const Icon = icons[tone];
  return <Icon aria-hidden className={className} />;
}
