import { describe, expect, it } from 'vitest';
import { csvLine } from './csv';

describe('a line of CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('never starts a formula: %j', (cell) => {
    const [first = ''] = csvLine([cell, 'x']).replace(/^"/, '');
    expect(first).toBe("'");
  });
  it('quotes what would end a cell or a line', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', 'plain'])).toBe(
      '"a,b","say ""x""","two\nlines",plain\r\n',
    );
  });
});
