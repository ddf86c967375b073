import * as z from 'zod';
import { roleNames } from '@/lib/policy/roles';
import { organizationField, reasonField } from '../input';

const member = z.uuid({ error: 'This member is not known. Go back and choose again.' });
const about = { ...organizationField, member, reason: reasonField };

export const memberInput = z.object(about);
export const roleInput = z.object({ ...about, role: z.enum(roleNames, { error: 'Choose a role.' }) });
