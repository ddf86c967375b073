import { defineConfig, devices } from '@playwright/test';

const { GATEHOUSE_E2E_URL, GATEHOUSE_BROWSER } = process.env;
if (!GATEHOUSE_E2E_URL) throw new Error('Browser tests need running instances: npm run test:e2e -- [files]');

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices['Desktop Chrome'],
    baseURL: GATEHOUSE_E2E_URL,
    locale: 'en-US',
    timezoneId: 'UTC',
    video: 'off',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(GATEHOUSE_BROWSER && { executablePath: GATEHOUSE_BROWSER }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'journeys' }],
});
