'use client';

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react';
import { Form } from '@/components/form';
import { SettingField } from '@/components/setting-field';
import { Card } from '@/components/ui/card';
import { idle } from '@/lib/policy/form-state';
import { changedSettings, type Policy, sameValue, settingOf } from '@/lib/policy/policy';
import { type SettingGroup, type SettingValue, settingGroups } from '@/lib/policy/setting';
import { valueOfText } from '@/lib/policy/setting-text';
import { type SettingName, settingNames } from '@/lib/policy/settings';
import { sendEditor } from './actions';
import { AddressList } from './address-list';
import { ChangesBar } from './changes-bar';

type EditorProps = {
  readonly about: { readonly organization: string; readonly domain: string };
  readonly base: string;
  readonly revision: number;
  readonly saved: Policy;
  readonly draft: Policy | null;
  /** Null for an owner; else why nothing can be changed here. */
  readonly locked: string | null;
  readonly address: string | null;
  /** When somebody last came in through an entry, by its network. */
  readonly lastHits: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<SettingName, ReactNode>>;
};

const groups: Readonly<Record<SettingGroup, { readonly title: string; readonly description: string }>> = {
  password: {
    title: 'Password',
    description: 'What a new password must be, how long it lasts, and when it may be changed.',
  },
  session: {
    title: 'Session',
    description:
      'How long a sign-in lasts. Tightening acts on the next request of sessions that run already.',
  },
  authentication: {
    title: 'Authentication',
    description: 'Second factors, codes and backup codes.',
  },
  login: { title: 'Login', description: 'Wrong passwords, and the networks people may come from.' },
};

type Edits = Partial<Record<SettingName, boolean>>;

/** What the controls of a form hold, other than what is saved; an address list has an editor of its own. */
function typedEdits(form: HTMLFormElement, saved: Policy): Edits {
  const typed = new FormData(form);
  const plain = settingNames.filter((name) => !['addresses', 'fixed'].includes(settingOf(name).kind));
  return Object.fromEntries(
    plain.map((name) => {
      const value = valueOfText(settingOf(name), String(typed.get(name) ?? ''));
      return [name, value === undefined || !sameValue(value, saved[name])];
    }),
  );
}

/** The settings in which the form differs from what is saved, as far as the browser can tell. */
function useEdits(saved: Policy, draft: Policy | null) {
  const begun = draft === null ? [] : changedSettings(saved, draft);
  const [edits, setEdits] = useState<Edits>({});
  const isChanged = (name: SettingName) => edits[name] ?? begun.includes(name);
  const take = (name: SettingName, value: SettingValue | undefined) =>
    setEdits((before) => ({ ...before, [name]: value === undefined || !sameValue(value, saved[name]) }));
  const mark = (name: SettingName) => setEdits((before) => ({ ...before, [name]: true }));
  const start = useRef<HTMLInputElement>(null);
  // What was edited before this script ran raised no event.
  useEffect(() => {
    if (start.current?.form) setEdits(typedEdits(start.current.form, saved));
  }, [saved]);
  return { changed: settingNames.filter(isChanged), take, mark, start };
}

/** Every setting of the registry in one form. It works without JavaScript: all values are sent, the server finds what changed. */
export function PolicyEditor(props: EditorProps) {
  const { about, base, revision } = props;
  const [state, submit] = useActionState(sendEditor, idle);
  return (
    <Form action={submit} state={state} label={`Policy of ${about.domain}`} quiet>
      <input type="hidden" name="organization" value={about.organization} />
      <input type="hidden" name="domain" value={about.domain} />
      <input type="hidden" name="base" value={base} />
      <input type="hidden" name="revision" value={revision} />
      <Settings key={`${base}:${revision}`} {...props} />
    </Form>
  );
}

function Settings({ saved, draft, locked, address, lastHits, sources }: EditorProps) {
  const { changed, take, mark, start } = useEdits(saved, draft);
  const secondFactor = (draft ?? saved).secondFactorRequired;
  const shown = draft ?? saved;
  return (
    <>
      <input type="hidden" ref={start} />
      {settingGroups.map((group) => (
        <Card key={group} id={group} title={groups[group].title} description={groups[group].description}>
          <div className="-my-4 divide-y divide-line">
            {settingNames
              .filter((name) => settingOf(name).group === group)
              .map((name) => (
                <SettingField
                  key={name}
                  name={name}
                  saved={saved[name]}
                  draft={shown[name]}
                  secondFactor={secondFactor}
                  source={sources[name]}
                  locked={locked}
                  onValue={take}
                >
                  {name === 'allowList' && (
                    <AddressList
                      list={shown.allowList}
                      address={address}
                      lastHits={lastHits}
                      isLocked={locked !== null}
                      onEdit={() => mark('allowList')}
                    />
                  )}
                </SettingField>
              ))}
          </div>
        </Card>
      ))}
      {locked === null && <ChangesBar count={changed.length} />}
    </>
  );
}
