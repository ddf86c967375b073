import * as z from 'zod';

export const notMeInput = z.object({});
