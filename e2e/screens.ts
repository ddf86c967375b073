import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

type Look = { readonly colorScheme: 'light' | 'dark'; readonly width: number };

/** The windows of a desk and a phone, by day and by night; ordered so that each differs from the next in one thing. */
const looks: readonly Look[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'dark', width: 1280 },
];

/** All that a color scheme can change; everything else is the same by night. */
const colorRules = ['color-contrast', 'link-in-text-block'];

/**
 * Shows the page in one look and waits until that is what is painted: the media queries agree and two frames in a
 * row passed with nothing moving. Colors that are read before are those of a change half done.
 */
async function show(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width: look.width, height: 900 });
  const moving = await page.evaluate(async ({ colorScheme, width }) => {
    const asked = `(prefers-color-scheme: ${colorScheme}) and (prefers-reduced-motion: reduce)`;
    const unrest = () => {
      if (!matchMedia(asked).matches || innerWidth !== width) return 'the window';
      return document.getAnimations().some(({ playState }) => playState === 'running')
        ? 'an animation'
        : null;
    };
    let stillFrames = 0;
    for (let frames = 0; frames < 300 && stillFrames < 2; frames += 1) {
      await new Promise((painted) => requestAnimationFrame(painted));
      stillFrames = unrest() === null ? stillFrames + 1 : 0;
    }
    return unrest();
  }, look);
  expect(moving, 'what never came to rest').toBeNull();
}

/** What axe finds on the page as it stands, in every look, and what sticks out of the window. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const { pathname, search } = new URL(page.url());
  const faults: string[] = [];
  for (const look of looks) {
    const place = `${pathname}${search} (${look.colorScheme}, ${look.width} px)`;
    await show(page, look);
    // No frames to look into, so one call in the page does, without a blank page beside it for each look.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (look.colorScheme === 'light' ? axe : axe.withRules(colorRules)).analyze();
    for (const { id, nodes } of violations)
      faults.push(`${place}: ${id} at ${nodes.map(({ html }) => html).join(', ')}`);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (overhang > 0) faults.push(`${place}: ${overhang} px wider than the window`);
  }
  return faults;
}

/** The screen as it stands is clean: on a desk and a phone, by day and by night. */
export async function expectClean(page: Page): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
}

/** Opens each path and looks at it; says all faults of all of them at once. */
export async function expectCleanAt(page: Page, paths: readonly string[], status = 200): Promise<void> {
  const faults: string[] = [];
  for (const path of paths) {
    await test.step(path, async () => {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(status);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      faults.push(...(await faultsOf(page)));
    });
  }
  expect(faults).toEqual([]);
}
