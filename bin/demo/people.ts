import type { Role } from '@/lib/policy/roles';
import type { PastSession } from './past';

type Person<R extends string> = {
  readonly email: string;
  readonly name: string;
  readonly role: R;
  /** Why this person is in the demo, in the words of its sheet. */
  readonly state: string;
  readonly factor: 'totp' | 'sms' | 'none';
  readonly passwordDays: number;
  readonly contactEmail?: 'none';
  readonly sessions: readonly PastSession[];
};

export type DemoMember = Person<Role>;
export type DemoPerson = Person<Role | 'operator'>;

const withApp = { factor: 'totp', passwordDays: 20 } as const;

export const owner: DemoMember = {
  ...withApp,
  email: 'owner@northwind.example',
  name: 'Olive Hartwell',
  role: 'owner',
  state: 'compliant, authentication app',
  sessions: [
    { on: 'laptop', method: 'totp', hoursAgo: 5 },
    { on: 'phone', method: 'totp', hoursAgo: 19 },
  ],
};

/** One member for every state that the members' board tells apart. */
export const members: readonly DemoMember[] = [
  {
    ...withApp,
    email: 'admin@northwind.example',
    name: 'Adrian Fisk',
    role: 'admin',
    state: 'compliant, authentication app',
    sessions: [{ on: 'desktop', method: 'totp', hoursAgo: 3 }],
  },
  {
    ...withApp,
    email: 'compliant@northwind.example',
    name: 'Ingrid Alvarsson',
    role: 'member',
    state: 'compliant, authentication app',
    sessions: [{ on: 'laptop', method: 'totp', hoursAgo: 2 }],
  },
  {
    ...withApp,
    email: 'due@northwind.example',
    name: 'Edgar Lindqvist',
    role: 'member',
    state: 'due: the password expires in 5 days',
    passwordDays: 85,
    sessions: [{ on: 'desktop', method: 'totp', hoursAgo: 8 }],
  },
  {
    email: 'blocked@northwind.example',
    name: 'Bertil Sandström',
    role: 'member',
    state: 'blocked: no second factor and the deadline is over',
    factor: 'none',
    passwordDays: 40,
    sessions: [{ on: 'laptop', method: null, hoursAgo: 57 * 24 + 5, endedByDeadline: true }],
  },
  {
    email: 'weak@northwind.example',
    name: 'Walther Krantz',
    role: 'member',
    state: 'weak second factor: SMS',
    factor: 'sms',
    passwordDays: 12,
    sessions: [{ on: 'phone', method: 'sms', hoursAgo: 1 }],
  },
  {
    ...withApp,
    email: 'no-contact@northwind.example',
    name: 'Astrid Nordqvist',
    role: 'member',
    state: 'no contact email',
    contactEmail: 'none',
    sessions: [{ on: 'desktop', method: 'totp', hoursAgo: 20 }],
  },
  {
    ...withApp,
    email: 'expired@northwind.example',
    name: 'Edwin Thorsby',
    role: 'member',
    state: 'the password expired 30 days ago',
    passwordDays: 120,
    sessions: [{ on: 'laptop', method: 'totp', hoursAgo: 31 * 24 }],
  },
];

/** Belongs to both organizations, and to the domain of neither. */
export const guest: DemoMember = {
  email: 'guest@partner.example',
  name: 'Gustaf Marklund',
  role: 'guest',
  state: 'guest of both; Northwind wants a second factor within 6 days',
  factor: 'none',
  passwordDays: 15,
  sessions: [{ on: 'laptop', method: null, hoursAgo: 4 }],
};

export const harborOwner: DemoMember = {
  email: 'owner@harbor.example',
  name: 'Harriet Finch',
  role: 'owner',
  state: 'nothing claimed yet',
  factor: 'none',
  passwordDays: 10,
  sessions: [{ on: 'desktop', method: null, hoursAgo: 6 }],
};

export const operator: DemoPerson = {
  ...withApp,
  email: 'operator@gatehouse.example',
  name: 'Oswald Brandt',
  role: 'operator',
  state: 'operator, authentication app',
  sessions: [],
};
