import { check } from './check/check.mjs';
import { installMissing } from './start/install.mjs';

installMissing();
const { failed } = await check();
process.exit(failed === 0 ? 0 : 1);
