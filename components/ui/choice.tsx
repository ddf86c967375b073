import type { InputHTMLAttributes } from 'react';
import { classNames } from './class-names';

type ChoiceProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'className'>;

// On touch the pressed area reaches 10 px beyond what is drawn.
const reachClass = 'touch:before:absolute touch:before:-inset-2.5';

const boxClass = classNames(
  reachClass,
  'size-5 shrink-0 appearance-none border border-edge bg-surface bg-center bg-no-repeat transition-colors',
  'checked:border-accent checked:bg-accent aria-invalid:border-bad aria-invalid:border-2 disabled:opacity-60',
);

const checkClass = classNames(
  'relative rounded-sm after:absolute after:inset-0 after:m-auto after:hidden after:h-3 after:w-1.5 after:-translate-y-px',
  'after:rotate-45 after:border-on-accent after:border-r-2 after:border-b-2 checked:after:block',
);

const dotClass =
  'relative rounded-full after:absolute after:inset-0 after:m-auto after:hidden after:size-2 after:rounded-full after:bg-on-accent checked:after:block';

const switchClass = classNames(
  reachClass,
  'relative h-6 w-10 shrink-0 appearance-none rounded-full border border-edge bg-sunken transition-colors',
  'after:absolute after:top-1/2 after:left-0.5 after:size-4.5 after:-translate-y-1/2 after:rounded-full after:bg-edge',
  'after:transition-transform checked:border-accent checked:bg-accent checked:after:translate-x-4',
  'checked:after:bg-on-accent disabled:opacity-60',
);

export function Checkbox(props: ChoiceProps) {
  return <input {...props} type="checkbox" className={classNames(boxClass, checkClass)} />;
}

export function Radio(props: ChoiceProps) {
  return <input {...props} type="radio" className={classNames(boxClass, dotClass)} />;
}

// A native checkbox tells its own state; an `aria-checked` beside it would go stale at the first press.
const switchRole = { role: 'switch' };

/** A real checkbox drawn as a switch, so that it is sent with its form and needs no JavaScript. */
export function Switch(props: ChoiceProps) {
  return <input {...props} {...switchRole} type="checkbox" className={switchClass} />;
}
