// A launcher for the tests: prints what it started, then holds it until it is killed.
import { startPostgres } from '../postgres.mjs';

const { url, reused } = await startPostgres({ dir: process.argv[2] ?? '', durable: false });
process.stdout.write(`${JSON.stringify({ url, reused })}\n`);
setInterval(() => undefined, 60_000);
