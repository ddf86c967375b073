import { build } from './start/build.mjs';
import { installMissing } from './start/install.mjs';

installMissing();
await build();
process.stdout.write('Built.\n');
