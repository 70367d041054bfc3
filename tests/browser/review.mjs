// The pages of `baoku review`: labelling by keyboard. A case goes on where the one before stopped.
import assert from "node:assert/strict";
import { inBrowser, sees } from "./harness.mjs";

const path = new URL(process.env.BAOKU_AT).pathname;

inBrowser("an article is labelled by keyboard", path, async (page) => {
  await sees(page, "共 10 篇", "保存，下一篇");
  assert.ok(await page.locator(".keys").isVisible(), "the keys are told");
  const number = () => Number(new URL(page.url()).pathname.split("/").at(-1));
  const first = number();
  await page.keyboard.press("s");
  await page.waitForURL((url) => url.pathname.endsWith(`/${first + 1}`));
  await page.keyboard.press("1");
  await page.keyboard.type("2001-02-03");
  const row = page.locator("form.labels fieldset").first();
  assert.ok(await row.locator('input[value="other"]').isChecked(), "what is written is meant");
  await page.keyboard.press("Escape");
  await page.keyboard.press("p");
  await page.waitForURL((url) => url.pathname.endsWith(`/${first}`));
});
