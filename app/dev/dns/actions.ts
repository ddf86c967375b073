'use server';

import { action, done } from '@/lib/action';
import { removeRecord, saveRecord } from '../zone-changes';
import { recordName, zoneForm } from '../zone-input';

export const saveZoneRecord = action({
  input: zoneForm,
  as: 'anyone',
  run: async (input) => {
    await saveRecord(input);
    return done(`Saved ${input.name}.`);
  },
});

export const removeZoneRecord = action({
  input: recordName,
  as: 'anyone',
  run: async (input) => {
    await removeRecord(input);
    return done(`Removed ${input.name}.`);
  },
});
