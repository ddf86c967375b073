import type { FormState } from '@/lib/policy/form-state';

export type SetUpAction = (state: FormState, form: FormData) => Promise<FormState>;
