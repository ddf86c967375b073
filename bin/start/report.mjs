/** @typedef {import('./preparation.mjs').Prepared} Prepared */

/**
 * @param {Prepared} prepared
 * @returns {string} where mail goes, in a sentence
 */
function mailLine({ mail, appUrl }) {
  switch (mail) {
    case 'desk':
      return `Mail and SMS stay here: ${appUrl}/dev/outbox`;
    case 'resend':
      return 'Mail goes out through Resend.';
    case 'none':
      return 'Mail goes nowhere: set RESEND_API_KEY.';
  }
}

/**
 * What a person reads once the server answers.
 * @param {Prepared} prepared
 * @returns {string}
 */
export function startReport(prepared) {
  const { appUrl, demo } = prepared;
  const accounts = (demo?.accounts ?? []).map(({ email, organization, role, state, totpKey }) => {
    const place = organization ? `${role}, ${organization}` : role;
    return `  ${email.padEnd(34)} ${place.padEnd(20)} ${state}${totpKey ? `  app key ${totpKey}` : ''}`;
  });
  const sheet = demo
    ? [
        '',
        `Demo accounts, with the codes their apps show: ${appUrl}/dev/demo`,
        `Password of all: ${demo.password}`,
        ...accounts,
      ]
    : [];
  return ['', `Gatehouse is open: ${appUrl}`, mailLine(prepared), ...sheet, '', 'Ctrl-C stops it.', ''].join(
    '\n',
  );
}
