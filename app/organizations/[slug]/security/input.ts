import * as z from 'zod';
import { settings } from '@/lib/policy/settings';
import { organizationField } from '../input';

const { secondFactorGraceHours: grace, secondFactorStrength: strength } = settings;
const graceText = `Enter a whole number of hours from ${grace.min} to ${grace.max}.`;

/** Grace and strength have the ranges of the registry's settings of the same name. */
const terms = {
  ...organizationField,
  graceHours: z
    .string({ error: graceText })
    .trim()
    .regex(/^\d{1,4}$/, { error: graceText })
    .transform(Number)
    .refine((hours) => hours >= grace.min && hours <= grace.max, { error: graceText }),
  minimumStrength: z
    .string({ error: 'Choose a method.' })
    .refine((value) => Object.keys(strength.options).includes(value), { error: 'Choose a method.' })
    .transform(Number),
};

export const activateInput = z.object(terms);
export const changeInput = z.object(terms);
export const deactivateInput = z.object(organizationField);
