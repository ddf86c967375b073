import { describe, expect, test } from 'vitest';
import { effectivePolicy } from './effective';
import type { PolicyLayer } from './layer';
import type { LayerValues } from './policy';
import { layerOf } from './policy-arbitraries';
import { tightening } from './tightening';

describe('tightened rules', () => {
  const strict: LayerValues = { passwordLengthMin: 12, passwordLengthMax: 14, passwordNumber: true };
  const verdict = (validated: Parameters<typeof tightening>[1], now: number, ...layers: PolicyLayer[]) =>
    tightening(effectivePolicy(layers), validated, now);

  test('are checked at the next sign-in, and once met not again', () => {
    const layer = layerOf('d', strict);
    expect(verdict(null, 0, layer)).toMatchObject({ check: { lengthMin: 12, number: true }, overdue: [] });
    expect(verdict(verdict(null, 0, layer).check, 0, layer)).toEqual({ check: null, overdue: [] });
  });
  test('wait for the next change where the owner chose so', () => {
    const layer = layerOf('d', strict, { tightening: { applies: 'next_change' } });
    expect(verdict(null, 0, layer)).toEqual({ check: null, overdue: [] });
  });
  test('reach everybody by a date', () => {
    const layer = layerOf('d', strict, { tightening: { applies: 'by_date', date: 100 } });
    expect(verdict(null, 99, layer)).toEqual({ check: null, overdue: [] });
    expect(verdict(null, 100, layer).overdue).toMatchObject([{ id: 'd' }]);
  });
  test('of a programme act at the next sign-in whatever its record says', () => {
    const item = layerOf('p', strict, { kind: 'programme', tightening: { applies: 'next_change' } });
    expect(verdict(null, 0, item).check?.lengthMin).toBe(12);
  });
  test('never ask for a password that cannot exist', () => {
    const item = layerOf('p', { passwordLengthMin: 20 }, { kind: 'programme' });
    expect(verdict(null, 0, layerOf('d', strict), item).check).toMatchObject({
      lengthMin: 20,
      lengthMax: 20,
    });
  });
});
