import * as z from 'zod';
import { organizationField } from '../input';

export const verifyInput = z.object(organizationField);
