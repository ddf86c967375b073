import { Resolver } from 'node:dns/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { closeDatabase } from './db';
import { lookUpTxt } from './dns';
import { deskDnsServer } from './dns-desk';
import { deleteZoneEntry, listZone, putZoneEntry } from './dns-zone';

afterAll(closeDatabase);

describe('a TXT look-up over real DNS on loopback', () => {
  it('finds all values at the name, whatever its case, and none after they are gone', async () => {
    const name = '_gatehouse-challenge.northwind.example';
    await putZoneEntry({ name: `${name.toUpperCase()}.`, values: ['gatehouse-verify=abc', 'v=spf1 -all'] });
    const answer = await lookUpTxt('_Gatehouse-Challenge.Northwind.example');
    expect(answer).toEqual({ state: 'present', values: ['gatehouse-verify=abc', 'v=spf1 -all'] });
    await deleteZoneEntry(name);
    expect(await lookUpTxt(name)).toEqual({ state: 'absent' });
  });

  it('joins a value that travels in several strings', async () => {
    const long = `gatehouse-verify=${'ab'.repeat(300)}`;
    await putZoneEntry({ name: 'long.example', values: [long] });
    expect(await lookUpTxt('long.example')).toEqual({ state: 'present', values: [long] });
  });

  it('comes again over TCP when the answer is too long for a datagram', async () => {
    const values = Array.from({ length: 40 }, (_, index) => `${index}:${'x'.repeat(200)}`);
    await putZoneEntry({ name: 'many.example', values });
    const answer = await lookUpTxt('many.example');
    expect(answer.state === 'present' && new Set(answer.values)).toEqual(new Set(values));
  });

  it('tells absent from failed', async () => {
    await putZoneEntry({ name: 'nx.example', fail: 'NXDOMAIN' });
    await putZoneEntry({ name: 'broken.example', fail: 'SERVFAIL' });
    await putZoneEntry({ name: 'silent.example', fail: 'timeout' });
    expect(await lookUpTxt('nx.example')).toEqual({ state: 'absent' });
    expect(await lookUpTxt('never-heard-of.example')).toEqual({ state: 'absent' });
    expect(await lookUpTxt('broken.example')).toEqual({ state: 'failed', reason: 'server_failure' });
    expect(await lookUpTxt('silent.example')).toEqual({ state: 'failed', reason: 'timeout' });
    expect(await listZone()).toContainEqual({ name: 'silent.example', fail: 'timeout' });
  });

  it('of another type than TXT has no data', async () => {
    await putZoneEntry({ name: 'txt-only.example', values: ['x'] });
    const resolver = new Resolver();
    resolver.setServers([await deskDnsServer()]);
    await expect(resolver.resolve4('txt-only.example')).rejects.toMatchObject({ code: 'ENODATA' });
  });
});
