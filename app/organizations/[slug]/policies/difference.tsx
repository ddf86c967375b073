import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { CodeText } from '@/components/ui/code-text';
import { changedSettings, type Policy, settingOf } from '@/lib/policy/policy';
import type { AllowList } from '@/lib/policy/setting';
import { valueText } from '@/lib/policy/setting-text';
import type { SettingName } from '@/lib/policy/settings';

type DifferenceProps = {
  readonly before: Policy;
  readonly after: Policy;
  readonly title?: string;
  /** What stands below a setting's line, as the people it touches. */
  readonly below?: (name: SettingName) => ReactNode;
};

/** Each setting that differs, as before → after. */
export function Difference({ before, after, title, below }: DifferenceProps) {
  const names = changedSettings(before, after);
  const count = names.length === 1 ? '1 change' : `${names.length} changes`;
  return (
    <Card title={title ?? count}>
      {names.length === 0 ? (
        <p className="text-muted">No setting differs.</p>
      ) : (
        <ul className="-my-3 divide-y divide-line">
          {names.map((name) => (
            <li key={name} className="flex flex-col gap-2 py-3">
              <Change name={name} before={before} after={after} />
              {below?.(name)}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

type ChangeProps = { readonly name: SettingName; readonly before: Policy; readonly after: Policy };

function Change({ name, before, after }: ChangeProps) {
  const setting = settingOf(name);
  const [was, is] = [valueText(setting, before[name]), valueText(setting, after[name])];
  return (
    <>
      <p className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <span className="font-medium">{setting.label}</span>
        <span className="inline-flex items-center gap-2 tabular-nums">
          <span className="text-muted">
            <span className="sr-only">before: </span>
            {was}
          </span>
          <ArrowRight aria-hidden className="size-4 shrink-0 text-muted" />
          <span className="font-medium">
            <span className="sr-only">after: </span>
            {is}
          </span>
        </span>
      </p>
      {name === 'allowList' && <ListChange before={before.allowList} after={after.allowList} />}
    </>
  );
}

/** The entries of an address list that come and go. */
function ListChange({ before, after }: { readonly before: AllowList; readonly after: AllowList }) {
  const without = (list: AllowList, other: AllowList) =>
    list.entries.filter(({ cidr }) => !other.entries.some((entry) => entry.cidr === cidr));
  const lines = [
    ...without(after, before).map((entry) => ({ sign: '+', word: 'added', entry })),
    ...without(before, after).map((entry) => ({ sign: '−', word: 'removed', entry })),
  ];
  return (
    <ul className="flex flex-col gap-0.5 text-xs">
      <li className="text-muted">
        Mode: {before.mode} → {after.mode}
      </li>
      {lines.map(({ sign, word, entry }) => (
        <li key={`${sign}${entry.cidr}`}>
          <span aria-hidden>{sign} </span>
          <span className="sr-only">{word}: </span>
          <CodeText>{entry.cidr}</CodeText> <span className="text-muted">{entry.label}</span>
        </li>
      ))}
    </ul>
  );
}
