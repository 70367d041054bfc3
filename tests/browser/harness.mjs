// A case is a name, an address below the server, and what a person does and sees there.
//
//   inBrowser("what is shown", "/?q=x", async (page) => { await page.click("…"); await sees(page, "…"); });
//
// It runs once in a wide window and once in a narrow one. A fault of a script, and anything that the page's own policy or
// the server refuses, fails it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const WIDTHS = { wide: 1280, narrow: 360 };
const PATIENCE = 20_000;
let browser;

before(async () => {
  const executablePath = execFileSync("which", [process.env.BAOKU_BROWSER], { encoding: "utf8" }).trim();
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"], timeout: 60_000 });
});
after(() => browser?.close());

export function inBrowser(name, path, steps) {
  for (const [size, width] of Object.entries(WIDTHS)) {
    test(`${name} (${size})`, { timeout: 120_000 }, async () => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
      context.setDefaultTimeout(PATIENCE);
      try {
        const page = await context.newPage();
        const faults = [];
        page.on("pageerror", (fault) => faults.push(String(fault)));
        page.on("console", (line) => { if (line.type() === "error") faults.push(line.text()); });
        await page.goto(new URL(path, process.env.BAOKU_AT).href);
        await steps(page);
        assert.deepEqual(faults, []);
      } finally {
        await context.close();
      }
    });
  }
}

/** Waits until the text stands on the page and can be seen. */
export async function sees(page, ...texts) {
  for (const text of texts) await page.getByText(text).filter({ visible: true }).first().waitFor();
}

/** The texts are in the page, perhaps in a part that is folded. */
export async function holds(page, ...texts) {
  const content = await page.content();
  for (const text of texts) assert.ok(content.includes(text), `no ${text}`);
}

/** Values of a parameter of the present address. */
export const asked = (page, name) => new URL(page.url()).searchParams.getAll(name);
