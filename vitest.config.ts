import path from 'node:path';
import { defineConfig } from 'vitest/config';

const shared = {
  resolve: {
    alias: {
      '@': path.resolve('.'),
      'server-only': path.resolve('node_modules/server-only/empty.js'),
    },
    conditions: ['react-server', 'module', 'node', 'development|production'],
  },
  ssr: { resolve: { conditions: ['react-server', 'module', 'node', 'development|production'] } },
};
const sources = ['{app,bin,components,drizzle,lib}/**/*.test.{ts,tsx}'];
const databaseTests = '{app,bin,components,drizzle,lib}/**/*.db.test.ts';

export default defineConfig({
  test: {
    projects: [
      { ...shared, test: { name: 'unit', include: sources, exclude: [databaseTests] } },
      {
        ...shared,
        test: {
          name: 'db',
          include: [databaseTests],
          globalSetup: ['bin/test/database.ts'],
          setupFiles: ['bin/test/worker-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
