'use server';

import { revalidatePath } from 'next/cache';
import { action, done, refuse } from '@/lib/action';
import { memberActor } from '@/lib/organization/actor';
import { saveOrganizationSettings } from '@/lib/organization/organization-settings';
import { nameFaultText } from '@/lib/policy/display-name';
import { settingsInput } from './input';

export const saveSettings = action({
  input: settingsInput,
  as: 'admin',
  run: async ({ name, temporaryByAdmins }, caller) => {
    const saved = await saveOrganizationSettings(memberActor(caller), {
      name,
      adminsMaySetPasswords: temporaryByAdmins === 'on',
    });
    if (saved.ok) {
      revalidatePath(`/organizations/${saved.value.slug}`, 'layout');
      return done('Saved');
    }
    switch (saved.error.code) {
      case 'not_allowed':
        return refuse('Your role does not reach this any more. Nothing was changed.');
      case 'name_is_owners':
        return refuse('There is one thing to mend.', { name: 'Only an owner can change the name.' });
      default:
        return refuse('There is one thing to mend.', { name: nameFaultText(saved.error, 'The name') });
    }
  },
});
