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

/**
 * Whether a reference into the arguments leads somewhere: React names a value that it wrote before by the way to it.
 * @param {string} reference
 * @param {unknown} whole
 */
function leadsSomewhere(reference, whole) {
  const [root, ...names] = reference.split(':');
  /** @type {{ value: unknown } | null} */
  let found = root === '$0' ? { value: whole } : null;
  for (const name of names) {
    const value = found?.value;
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    found = isThere ? { value: Reflect.get(value, name) } : null;
  }
  return found !== null;
}

const DEPTH_LIMIT = 16;

/**
 * Whether a value is plain data as React writes it. Text that begins with `$` stands for something; what a form's state never
 * holds, such as functions, streams and parts that are not there, only makes the framework stumble.
 * @param {unknown} value
 * @param {{ whole: unknown, depth: number }} place
 * @returns {boolean}
 */
function isPlain(value, { whole, depth }) {
  if (typeof value === 'string')
    return (
      /^(?:\$\$|(?!\$)|\$(?:undefined|T|NaN|-?Infinity|-0)$)/.test(value) || leadsSomewhere(value, whole)
    );
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth < DEPTH_LIMIT && Object.values(value).every((each) => isPlain(each, { whole, depth: depth + 1 }))
  );
}

/**
 * A form, or the state before it and a form: every action of ours takes these and nothing else.
 * @param {string} text
 */
function isStateAndForm(text) {
  try {
    const whole = JSON.parse(text);
    if (!Array.isArray(whole) || whole.length < 1 || whole.length > 2) return false;
    const [form, state] = whole.toReversed();
    return /^\$K[0-9a-f]{1,8}$/.test(form) && isPlain(state, { whole, depth: 0 });
  } catch {
    return false;
  }
}

/**
 * Whether the body of a call to an action holds arguments that an action of ours takes. The framework takes whatever it finds for
 * them, and a call with anything else fails inside it as if the fault were ours.
 * @param {string | undefined} contentType
 * @param {Buffer} body
 * @returns {Promise<boolean>}
 */
export async function hasArguments(contentType = '', body) {
  const written = await writtenArguments(contentType, body);
  return written !== null && isStateAndForm(written);
}
