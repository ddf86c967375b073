import { describe, expect, it } from 'vitest';
import { canonicalJson, storable } from './canonical-json';

const canonicalText = (text: string) => canonicalJson(JSON.parse(text));

describe('canonical JSON', () => {
  it('spells the example of RFC 8785, section 3.2.2', () => {
    const source = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalText(source)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts as RFC 8785, section 3.2.3, sorts', () => {
    const source = String.raw`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`;
    expect(Object.values(JSON.parse(canonicalText(source)))).toHaveLength(7);
    const order = ['Carriage Return', 'One', 'Control', 'Latin Small', 'Euro Sign', 'Emoji', 'Hebrew Letter'];
    const places = order.map((name) => canonicalText(source).indexOf(name));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(places).not.toContain(-1);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['41b3de4355555557', '333333333.33333343'],
  ])('spells the double %s of appendix B as %s', (bits, expected) => {
    expect(canonicalJson(Buffer.from(bits, 'hex').readDoubleBE())).toBe(expected);
  });

  it('refuses what has no canonical form', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800'])
      expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('is made from what the database can keep', () => {
    expect(storable({ a: undefined, b: 'x\u0000y\ud800', c: [undefined, Number.NaN], d: -0 })).toEqual({
      b: 'x\ufffdy\ufffd',
      c: [null, null],
      d: 0,
    });
  });
});
