import { days, type Instant } from './time';

/** What an organization pays for, from the least up. */
export const plans = ['free', 'pro', 'enterprise'] as const;
export type Plan = (typeof plans)[number];

/** Features that ask for a plan. Whatever is not here is on every plan. */
export const planFeatures = { organizationSecondFactor: 'pro' } as const satisfies Record<string, Plan>;
export type PlanFeature = keyof typeof planFeatures;

export const planNames: Readonly<Record<Plan, string>> = {
  free: 'Free',
  pro: 'Pro',
  enterprise: 'Enterprise',
};

/** Whether a plan includes a feature, and which it takes ("Available on Pro"). */
export function planGate(plan: Plan, feature: PlanFeature): { readonly open: boolean; readonly needs: Plan } {
  const needs = planFeatures[feature];
  return { open: plans.indexOf(plan) >= plans.indexOf(needs), needs };
}

/** After a downgrade a gated rule runs on for this long, with a notice at each of `downgradeNoticeDays` before. */
export const downgradeGrace = days(7);
export const downgradeNoticeDays = [7, 1] as const;

/** When a gated rule pauses after a downgrade. No authenticator is removed by it. */
export const pausesAt = (downgradedAt: Instant): Instant => downgradedAt + downgradeGrace;
