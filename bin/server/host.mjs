/** @typedef {{ verdict: 'accepted' | 'refused' } | { verdict: 'redirected', origin: string }} HostVerdict */

/** @param {string} hostname */
function isLoopback(hostname) {
  return ['localhost', '[::1]'].includes(hostname) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/**
 * Only the name in APP_URL is ours: another one in links or cookies would be somebody else's choice. The other
 * names of this machine lead to it.
 * @param {string | undefined} host  as the client sent it
 * @param {URL} appUrl
 * @returns {HostVerdict}
 */
export function judgeHost(host, appUrl) {
  if (!host || !/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/.test(host))
    return { verdict: 'refused' };
  if (!URL.canParse(`${appUrl.protocol}//${host}`)) return { verdict: 'refused' };
  const asked = new URL(`${appUrl.protocol}//${host}`);
  if (asked.host === appUrl.host) return { verdict: 'accepted' };
  if (isLoopback(asked.hostname) && isLoopback(appUrl.hostname)) {
    return { verdict: 'redirected', origin: appUrl.origin };
  }
  return { verdict: 'refused' };
}
