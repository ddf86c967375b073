import { settingsReference } from '@/lib/policy/reference';

const section = /(<!-- settings:begin[^\n]*-->\n)[\s\S]*?(<!-- settings:end -->)/;

/** The README with the table of settings that the registry asks for. */
export function withSettings(readme: string): string {
  if (!section.test(readme)) throw new Error('the README has no section of settings');
  return readme.replace(
    section,
    (_all, begin: string, end: string) => `${begin}\n${settingsReference()}\n${end}`,
  );
}
