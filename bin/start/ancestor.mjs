import { execFileSync } from 'node:child_process';
import { isSameProcess, processStart } from '../postgres/lock.mjs';

/**
 * @param {number} pid
 * @returns {{ parent: number, command: string } | null}
 */
function describe(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const [parent = '0', ...command] = line.split(/\s+/);
    return { parent: Number(parent), command: command.join(' ') };
  } catch {
    return null;
  }
}

/**
 * Calls `onGone` when the npm that runs this script was killed: npm cannot tell us, and a server nobody
 * can stop from its terminal would stay behind. Without npm, as a service, nothing is watched.
 * @param {() => void} onGone
 */
export function watchNpm(onGone) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = describe(process.ppid);
  const isShell = parent && /(^|\/)(da|ba|z|a|k)?sh$/.test(parent.command);
  const pids = isShell ? [process.ppid, parent.parent] : [process.ppid];
  const marks = pids.map((pid) => ({ pid, began: processStart(pid) }));
  const timer = setInterval(() => {
    if (marks.every(isSameProcess)) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}
