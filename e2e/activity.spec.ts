import { expect, test } from '@playwright/test';
import { callAction, send, serverActions } from './actions';
import { age, database, newPerson, signIn } from './world';

test('only what a person begins counts as activity, and it is written once an interval', async ({ page }) => {
  const person = await newPerson();
  await signIn(page, person);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  await page.close();
  const lastActive = async () => {
    const [row] = await database`
      select extract(epoch from clock_timestamp() - last_active_at)::float8 as seconds from sessions
      where account_id = ${person.id}`;
    return Number(row?.seconds);
  };
  const goIdle = () =>
    age({
      table: 'sessions',
      where: { account_id: person.id },
      columns: ['last_active_at'],
      by: '5 minutes',
    });
  const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

  await goIdle();
  const passive: readonly Readonly<Record<string, string>>[] = [
    { 'next-router-prefetch': '1', rsc: '1' },
    { 'next-router-prefetch': '2', rsc: '1' },
    { 'next-router-segment-prefetch': '/_tree', rsc: '1' },
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
  ];
  for (const headers of passive) {
    const { to } = await send('/account', { headers: { ...headers, cookie } });
    // The framework sends a fetch of its own to the address that it would have used.
    if (to !== '') await send(to, { headers: { ...headers, cookie } });
  }
  await send('/api/session/ends', { headers: { cookie } });
  await settled();
  expect(await lastActive()).toBeGreaterThan(290);

  await send('/account/sessions', { headers: { cookie } });
  await expect.poll(lastActive).toBeLessThan(60);

  await age({
    table: 'sessions',
    where: { account_id: person.id },
    columns: ['last_active_at'],
    by: '30 seconds',
  });
  await send('/account', { headers: { cookie } });
  await settled();
  expect(await lastActive()).toBeGreaterThan(29);

  await goIdle();
  const stay = serverActions().find(({ name }) => name === 'staySignedIn');
  if (stay === undefined) throw new Error('nobody can stay signed in');
  await callAction({ ...stay, page: '/account' }, { cookie, slug: '', parts: [] });
  await expect.poll(lastActive).toBeLessThan(60);
});
