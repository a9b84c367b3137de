// How the people's list stood last is painted before the members page's program is loaded: at the same address, and until
// the program has as much to show.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { patience } from '../../helpers/patience.ts';
import { asOpened, keep, keptFrame, openWithoutProgram } from '../kept-frames.ts';
import { openSectionStage, type SectionStage } from './section-stage.ts';

let stage: SectionStage;
beforeAll(async () => {
  stage = await openSectionStage({ people: 60 });
  await keep(stage.browser, { columns: ['userName', 'changed'] });
  const page = await stage.open('people');
  await page.getByRole('row', { name: /Ada Pell/ }).waitFor();
  await vi.waitUntil(async () => (await lastFrame())?.markup.includes('Ada Pell'), { timeout: patience });
  await page.close();
});
afterAll(() => stage.close());

test('the people seen last stand in the list while its program is not there', async () => {
  const page = await openWithoutProgram(stage.browser, 'members.html#/people');
  await expect.poll(() => textOf(page)).toContain('Ada Pell');
  expect(await page.locator('#root tr').count()).toBeGreaterThan(10);
  expect(await page.getByRole('row').count()).toBe(0);
  await page.close();
});

test('they stand where the program draws them, and nothing less is shown in between', async () => {
  const before = await openWithoutProgram(stage.browser, 'members.html#/people');
  await expect.poll(() => placeOfAda(before)).not.toBeNull();
  const painted = await placeOfAda(before);
  await before.close();
  const page = await stage.browser.context.newPage();
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const root = document.getElementById('root');
      if (root === null || (seen.length === 0 && !root.hasChildNodes())) return;
      const isPicture = root.querySelector(':scope > [inert]') !== null;
      const columns = [...root.querySelectorAll('th')]
        .flatMap(({ textContent }) => textContent || [])
        .join(' ');
      const now = `${isPicture ? 'picture' : 'program'}: ${root.textContent?.includes('Ada Pell')}, ${columns}`;
      if (seen.at(-1) !== now) seen.push(now);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(`${stage.browser.origin}/members.html#/people`);
  await page.getByRole('row', { name: /Ada Pell/ }).waitFor();
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
    'picture: true, Name User name Last change',
    'program: true, Name User name Last change',
  ]);
  expect(await placeOfAda(page)).toEqual(painted);
  await page.close();
});

test('another address and another width have no frame of this one', async () => {
  const isPainted = async (place: string, width?: number) => {
    const page = await openWithoutProgram(stage.browser, `members.html#/${place}`, { width });
    await page.waitForFunction(() => 'programWanted' in window);
    const text = await textOf(page);
    await page.close();
    return text.includes('Ada Pell');
  };
  expect(await isPainted('people')).toBe(true);
  expect(await isPainted('people', 900)).toBe(false);
  expect(await isPainted('people?status=blocked')).toBe(false);
  expect(await isPainted('groups')).toBe(false);
});

test('a list that is scrolled, chosen from or has somebody open beside it is not kept', async () => {
  const page = await stage.open('people');
  const isAsOpened = await asOpened(page, 'extension/members/members-as-opened.ts');
  const ada = page.getByRole('row', { name: /Ada Pell/ });
  await ada.waitFor();
  await expect.poll(isAsOpened).toBe(true);
  await ada.locator('[data-box]').click();
  await expect.poll(isAsOpened).toBe(false);
  await page.keyboard.press('Escape');
  await expect.poll(isAsOpened).toBe(true);
  await ada.click();
  await page.getByRole('region', { name: 'Ada Pell' }).waitFor();
  expect(await isAsOpened()).toBe(false);
  await page.keyboard.press('Escape');
  await expect.poll(isAsOpened).toBe(true);
  await page.getByRole('grid').press('End');
  await expect.poll(isAsOpened).toBe(false);
  await page.keyboard.press('Home');
  await expect.poll(isAsOpened).toBe(true);
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('menu').waitFor();
  expect(await isAsOpened()).toBe(false);
  await page.close();
});

const lastFrame = () => keptFrame(stage.browser, 'membersFrame');
const textOf = (page: Page) => page.locator('#root').innerText();
const placeOfAda = (page: Page) => page.getByText('Ada Pell', { exact: true }).first().boundingBox();
