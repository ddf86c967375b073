import * as z from 'zod';
import { factorMethods } from '@/lib/policy/second-factor';

const method = z.enum(factorMethods);

export const removeInput = z.object({ method, id: z.uuid().optional() });

export const defaultInput = z.object({ method });
