import type { Metadata } from 'next';
import { Callout } from '@/components/ui/callout';
import { layerFor } from '@/lib/organization/policies/what-if';
import { fieldErrors, summaryOf } from '@/lib/policy/form-input';
import { type FormState, idle } from '@/lib/policy/form-state';
import { simulate } from '@/lib/sign-in/simulation';
import { PoliciesHeader } from '../header';
import { utcMoment } from '../input';
import { type PolicyView, policyView } from '../view';
import { SimulatorForm } from './form';
import { type SituationInput, situationInput } from './input';
import { Trace } from './trace';

export const metadata: Metadata = { title: 'Simulate' };

const textOf = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : '';

export default async function SimulatorPage(props: PageProps<'/organizations/[slug]/policies/simulator'>) {
  const query = await props.searchParams;
  const view = await policyView(props.params, query);
  const { screen, slug, about, session } = view;
  const typed = {
    member: textOf(query.member),
    address: textOf(query.address),
    client: textOf(query.client),
    time: textOf(query.time),
    policy: textOf(query.policy),
  };
  const isAsked = query.member !== undefined;
  const parsed = situationInput.safeParse(typed);
  const errors = parsed.success || !isAsked ? {} : fieldErrors(parsed.error.issues);
  const state: FormState =
    Object.keys(errors).length === 0
      ? idle
      : { status: 'error', summary: summaryOf(errors), fields: errors, values: typed };
  const start = isAsked ? typed : { ...typed, member: session.loginEmail, address: session.address ?? '' };
  return (
    <>
      <PoliciesHeader slug={slug} domain={about.domain} domains={screen.domains} />
      <SimulatorForm
        about={about}
        start={start}
        state={state}
        has={{ draft: screen.draft !== null, inactive: !screen.isActive }}
      />
      {isAsked && parsed.success && <Answer view={view} situation={parsed.data} />}
    </>
  );
}

type AnswerProps = { readonly view: PolicyView; readonly situation: SituationInput };

async function Answer({ view, situation }: AnswerProps) {
  const simulation = await simulate({
    organizationId: view.membership.organizationId,
    email: situation.member,
    address: situation.address === '' ? null : situation.address,
    client: situation.client,
    at: situation.time === '' ? null : utcMoment(situation.time),
    domain: await layerFor(view.screen, situation.policy),
  });
  if (simulation === null)
    return (
      <Callout tone="warn" role="status" title="Nobody to ask about">
        <p>
          No account with this login email is in {view.about.domain} or a member here without a domain of
          another organization.
        </p>
      </Callout>
    );
  return <Trace simulation={simulation} client={situation.client} />;
}
