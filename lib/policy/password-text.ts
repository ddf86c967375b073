import type { NameKind, PasswordIssue } from './password';

const owners: Record<NameKind, string> = {
  person: 'your name',
  login: 'your login name',
  organization: 'the name of your organization',
};

/** A rule as a line of the checklist, before anything is wrong. */
export function passwordRuleText(issue: PasswordIssue): string {
  switch (issue.code) {
    case 'too_short':
      return `At least ${issue.minimum} characters`;
    case 'too_long':
      return `At most ${issue.maximum} characters`;
    case 'uppercase_missing':
      return 'An uppercase letter (A–Z)';
    case 'lowercase_missing':
      return 'A lowercase letter (a–z)';
    case 'number_missing':
      return 'A number (0–9)';
    case 'symbol_missing':
      return 'A character that is neither a letter nor a digit';
    case 'special_missing':
      return `One of ${[...issue.characters].join(' ')}`;
    default:
      return passwordIssueText(issue);
  }
}

/** What is wrong with a password and how to mend it. */
export function passwordIssueText(issue: PasswordIssue): string {
  switch (issue.code) {
    case 'too_long_to_submit':
      return `Your password is longer than ${issue.maximum} characters. Choose a shorter one.`;
    case 'null_character':
      return 'Your password contains a null character. Remove it and try again.';
    case 'malformed':
      return 'Your password contains half of a character. Type it again.';
    case 'too_short':
      return `Your password needs at least ${issue.minimum} characters. Make it longer.`;
    case 'too_long':
      return `Your password may have at most ${issue.maximum} characters. Make it shorter.`;
    case 'uppercase_missing':
      return 'Your password needs an uppercase letter. Add one from A to Z.';
    case 'lowercase_missing':
      return 'Your password needs a lowercase letter. Add one from a to z.';
    case 'number_missing':
      return 'Your password needs a number. Add one from 0 to 9.';
    case 'symbol_missing':
      return 'Your password needs a character that is neither a letter nor a digit. Add one.';
    case 'special_missing':
      return `Your password needs one of ${[...issue.characters].join(' ')}. Add one.`;
    case 'contains_name':
      return `Your password contains ${owners[issue.name]}. Leave it out.`;
    case 'same_as_current':
      return 'This is your current password. Choose another one.';
    case 'reused':
      return `This is one of your last ${issue.last} passwords. Choose another one.`;
    case 'breached':
      return 'This password is known from a data breach. Choose another one.';
    case 'common':
      return 'This password is one of the most used and easily guessed. Choose another one.';
  }
}
