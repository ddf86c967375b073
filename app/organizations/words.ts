/** Roles and plans as people read them. */
export const roleWords = { owner: 'Owner', admin: 'Admin', member: 'Member', guest: 'Guest' } as const;
export const planWords = { free: 'Free', pro: 'Pro', enterprise: 'Enterprise' } as const;
