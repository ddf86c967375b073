import { settingOf } from './policy';
import { type Setting, settingGroups } from './setting';
import { rangeText, valueText } from './setting-text';
import { settingNames } from './settings';

const headings = {
  password: 'Password',
  session: 'Session',
  authentication: 'Authentication',
  login: 'Login',
} as const;

function options(setting: Setting): string {
  switch (setting.kind) {
    case 'toggle':
      return 'on, off';
    case 'choice':
      return `off, ${setting.options.join(', ')} ${setting.unit}`;
    case 'level':
      return Object.values(setting.options).join(', ');
    default:
      return rangeText(setting);
  }
}

function row(setting: Setting): string {
  const label = setting.beyondSeed === true ? `${setting.label} *` : setting.label;
  const cells = [label, valueText(setting, setting.default), options(setting), setting.help, setting.source];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The README's table of settings in Markdown, one section a group; an asterisk marks what goes beyond the seeds. */
export function settingsReference(): string {
  const sections = settingGroups.map((group) => {
    const rows = settingNames
      .map(settingOf)
      .filter((setting) => setting.group === group)
      .map(row);
    return [
      `### ${headings[group]}`,
      '',
      '| Setting | Default | Range or options | Effect | Source |',
      '| --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return `${sections.join('\n\n')}\n`;
}
