import { Check } from 'lucide-react';
import { classNames } from './class-names';

type StepRowProps = {
  readonly steps: readonly string[];
  /** Counted from 0. */
  readonly current: number;
  /** Marks the current step as the one that stopped the way. */
  readonly stopped?: boolean | undefined;
};

/** The way through the gate as a row of steps, with its sentence above. */
export function StepRow({ steps, current, stopped }: StepRowProps) {
  return (
    <div className="flex flex-col gap-2">
      <p className="text-muted text-xs tabular-nums">
        Step {current + 1} of {steps.length}: <span className="font-medium text-ink">{steps[current]}</span>
      </p>
      <ol className="flex gap-1.5" aria-label="Steps">
        {steps.map((step, index) => (
          <li
            key={step}
            aria-current={index === current ? 'step' : undefined}
            className="flex grow basis-0 items-center"
          >
            <span className="sr-only">
              {step}
              {index < current && ' (done)'}
              {index === current && stopped && ' (stopped here)'}
            </span>
            <span
              aria-hidden
              className={classNames(
                'h-1 grow rounded-full',
                index < current && 'bg-ink',
                index === current && (stopped ? 'bg-bad' : 'bg-accent'),
                index > current && 'bg-line',
              )}
            />
            {index < current && <Check aria-hidden className="ml-1 size-3.5 text-ink" />}
          </li>
        ))}
      </ol>
    </div>
  );
}
