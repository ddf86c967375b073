/** @param {import('node:http').IncomingMessage} request */
export const isAction = ({ method, headers }) => method === 'POST' && headers['next-action'] !== undefined;

/**
 * The part of the body that holds the arguments, or null.
 * @param {string} contentType
 * @param {Buffer} body
 * @returns {Promise<string | null>}
 */
async function writtenArguments(contentType, body) {
  if (!contentType.startsWith('multipart/form-data')) return body.toString('utf8');
  try {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
    const first = form.get('0');
    return typeof first === 'string' ? first : null;
  } catch {
    // What cannot be taken apart has no arguments.
    return null;
  }
}

/** @param {string} text */
function isList(text) {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

/**
 * Whether the body of a call to an action holds a list of arguments. The framework takes whatever it finds for one, and a call
 * with anything else fails inside it as if the fault were ours.
 * @param {string | undefined} contentType
 * @param {Buffer} body
 * @returns {Promise<boolean>}
 */
export async function hasArguments(contentType = '', body) {
  const written = await writtenArguments(contentType, body);
  return written !== null && isList(written);
}
