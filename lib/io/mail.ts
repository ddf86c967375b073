import 'server-only';
import type { NoticeText } from './texts/template';

export type Secret = { readonly code: string } | { readonly url: string } | null;

export type Mail = { readonly subject: string; readonly text: string; readonly html: string };

type Frame = { readonly appUrl: string; readonly secret: Secret };

/** A header and a log line are one line, whatever stands in a name. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML: markup in a name stays text. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

const linkOf = ({ action }: NoticeText, { appUrl, secret }: Frame) => {
  if (!action) return null;
  if (secret && 'url' in secret) return { label: action.label, url: secret.url };
  return action.path ? { label: action.label, url: `${appUrl}${action.path}` } : null;
};

const codeOf = (secret: Secret) => (secret && 'code' in secret ? secret.code : null);

const notMe = ({ appUrl }: Frame) => `${appUrl}/not-me`;

function plainPart(text: NoticeText, frame: Frame): string {
  const code = codeOf(frame.secret);
  const link = linkOf(text, frame);
  const blocks = [
    text.title,
    ...(code === null ? [] : [code]),
    ...text.body,
    ...(link ? [`${link.label}:\n${link.url}`] : []),
    ...(text.security ? [`This wasn't you? End every session and set a new password:\n${notMe(frame)}`] : []),
    `Gatehouse, ${frame.appUrl}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

const paragraph = (html: string, style = '') =>
  `<p style="margin:0 0 16px;font-size:15px;line-height:1.5;${style}">${html}</p>`;

const anchor = (label: string, url: string, style: string) =>
  `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(label)}</a>`;

const buttonStyle =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#1f4fd8;color:#ffffff;text-decoration:none;font-weight:600';
const codeStyle =
  'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:28px;letter-spacing:4px;font-weight:600';
const smallStyle = 'font-size:13px;color:#5b6270';

function htmlPart(text: NoticeText, frame: Frame): string {
  const code = codeOf(frame.secret);
  const link = linkOf(text, frame);
  const blocks = [
    `<h1 style="margin:0 0 20px;font-size:20px;line-height:1.3">${escapeHtml(text.title)}</h1>`,
    ...(code === null ? [] : [paragraph(escapeHtml(code), codeStyle)]),
    ...text.body.map((line) => paragraph(escapeHtml(line))),
    ...(link ? [paragraph(anchor(link.label, link.url, buttonStyle))] : []),
    ...(text.security
      ? [
          paragraph(
            `${anchor("This wasn't me", notMe(frame), 'color:#1f4fd8')}: end every session and set a new password.`,
          ),
        ]
      : []),
    `<hr style="border:0;border-top:1px solid #d9dce3;margin:24px 0 16px">`,
    paragraph(`Gatehouse, ${anchor(frame.appUrl, frame.appUrl, 'color:#5b6270')}`, smallStyle),
  ];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(text.title)}</title></head>`,
    '<body style="margin:0;padding:24px;font-family:system-ui,-apple-system,Segoe UI,sans-serif">',
    `<div style="max-width:560px;margin:0 auto">${blocks.join('')}</div></body></html>`,
  ].join('');
}

/** A notice as a mail: one line of subject, a plain part and an HTML part that say the same. */
export function renderMail(text: NoticeText, frame: Frame): Mail {
  return { subject: oneLine(text.title), text: plainPart(text, frame), html: htmlPart(text, frame) };
}

/** A notice as a text message. A code ends with the line that lets a phone fill it in on our site only. */
export function renderSms(text: NoticeText, { appUrl, secret }: Frame): string {
  const code = codeOf(secret);
  const [first = ''] = text.body;
  if (code === null) return oneLine(`Gatehouse: ${text.title}. ${first}`);
  return `Gatehouse: ${code}. ${oneLine(text.title)}. ${oneLine(first)}\n\n@${new URL(appUrl).hostname} #${code}`;
}
