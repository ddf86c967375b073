import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** A house of scratch files under our own lint rules; each file breaks, or keeps, one of them. */
let house = '';
const broken = new Map<string, string>();
const sources = new Map<string, string>();

const put = (file: string, source: string): string => {
  sources.set(file, source);
  return file;
};

beforeAll(() => {
  house = mkdtempSync(path.join(tmpdir(), 'gatehouse-walls-'));
  const { vcs: _vcs, files: _files, ...rules } = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(path.join(house, 'biome.json'), JSON.stringify(rules));
  for (const [file, source] of sources) {
    mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
    writeFileSync(path.join(house, file), source);
  }
  const biome = path.resolve('node_modules/.bin/biome');
  const limits = ['--max-diagnostics=none', '--diagnostic-level=error'];
  const { stdout } = spawnSync(biome, ['lint', '--reporter=github', ...limits, '.'], {
    cwd: house,
    encoding: 'utf8',
  });
  for (const [, rule = '', file = ''] of stdout.matchAll(/::error title=([^,]+),file=([^,]+),/g)) {
    const name = path.relative(house, file);
    broken.set(name, `${broken.get(name) ?? ''} ${rule}`);
  }
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

const rulesBrokenBy = (file: string): string => broken.get(file) ?? '';

const importing = (from: string) => `import * as it from '${from}';\nexport const use = it;\n`;

/** Folder, what it may not import, and an import it may. */
const walls = [
  ['lib/policy/scratch.ts', '@/lib/io/db', 'zod'],
  ['lib/policy/scratch.ts', 'next/headers', './time'],
  ['components/scratch.tsx', '@/lib/session/current', '@/lib/policy/time'],
  ['components/scratch.tsx', '@/drizzle/schema', 'react'],
  ['drizzle/schema/scratch.ts', '@/lib/io/db', 'drizzle-orm'],
  ['lib/io/scratch.ts', '@/lib/session/current', '@/lib/policy/time'],
  ['lib/session/scratch.ts', '@/lib/account/codes', '@/lib/io/db'],
  ['lib/account/scratch.ts', '@/lib/sign-in/step', '@/lib/session/sessions'],
  ['lib/organization/scratch.ts', '@/lib/action', '@/lib/account/codes'],
  ['lib/organization/scratch.ts', '@/lib/sign-in/step', '@/lib/session/current'],
  ['lib/sign-in/scratch.ts', '@/lib/organization/members', '@/lib/account/codes'],
  ['app/account/scratch/page.tsx', '@/lib/io/db', '@/lib/session/current'],
  ['app/account/scratch/actions.ts', '@/drizzle/schema', '@/lib/action'],
  ['app/account/scratch/form.tsx', '@/lib/session/current', '@/components/form'],
] as const;

const named = (folder: string, number: number, kind: string) =>
  folder.replace('scratch.', `${kind}-${number}.`).replace('/scratch/', `/${kind}-${number}/`);

describe('imports point down only', () => {
  const cases = walls.map(
    ([folder, forbidden, allowed], number) =>
      [
        folder,
        forbidden,
        put(named(folder, number, 'broken'), importing(forbidden)),
        put(named(folder, number, 'kept'), importing(allowed)),
      ] as const,
  );
  test.each(cases)('%s may not import %s', (_folder, _forbidden, breaking, keeping) => {
    expect(rulesBrokenBy(breaking)).toContain('noRestrictedImports');
    expect(rulesBrokenBy(keeping)).not.toContain('noRestrictedImports');
  });

  test('and in no circle', () => {
    expect(rulesBrokenBy(circle)).toContain('noImportCycles');
  });
});

const circle = put('lib/policy/circle-a.ts', "import { b } from './circle-b';\nexport const a = () => b;\n");
put('lib/policy/circle-b.ts', "import { a } from './circle-a';\nexport const b = () => a;\n");

describe('habits that lint keeps', () => {
  const habits = [
    ['lib/policy/scratch.ts', 'export const at = Date.now();\n', 'noRestrictedGlobals'],
    ['lib/policy/scratch.ts', 'export const id = crypto.randomUUID();\n', 'noRestrictedGlobals'],
    ['lib/account/scratch.ts', 'export const url = process.env.APP_URL;\n', 'noProcessEnv'],
    ['lib/account/scratch.ts', 'export const any = (x: any) => x;\n', 'noExplicitAny'],
    [
      'lib/account/scratch.ts',
      "import { sql } from 'drizzle-orm';\n\nexport const one = 1;\n",
      'noUnusedImports',
    ],
    ['lib/account/scratch.ts', 'const left = 1;\n\nexport const one = 1;\n', 'noUnusedVariables'],
    [
      'lib/account/scratch.ts',
      'export const sure = (x: string | null) => x!.length;\n',
      'noNonNullAssertion',
    ],
    ['app/account/scratch/page.tsx', "console.log('here');\nexport {};\n", 'noConsole'],
  ] as const;
  const cases = habits.map(
    ([folder, source, rule], number) => [rule, folder, put(named(folder, number, 'habit'), source)] as const,
  );
  test.each(cases)('%s in %s', (rule, _folder, file) => {
    expect(rulesBrokenBy(file)).toContain(rule);
  });
});
