// The pages of `baoku serve` over the sample archive, as a person uses them.
import assert from "node:assert/strict";
import { asked, holds, inBrowser, sees } from "./harness.mjs";

const PAPER = "jiangcheng-gongrenbao";
const BOX = "#q";
const ROWS = "#suggestions [role=option]";

inBrowser("an editor searches, opens an article and its page", "/", async (page) => {
  await page.fill(BOX, '"送温暖"');
  await page.press(BOX, "Enter");
  await sees(page, /^共 \d+ 篇$/);
  assert.equal(await page.locator("mark").first().textContent(), "送温暖");
  await page.locator("article.hit h3 a").first().click();
  await sees(page, "引用", "永久链接", "本版文章");
  await holds(page, "依据", "可信度");
  assert.ok(await page.locator("mark").count() > 0, "the words are marked in the article");
  await page.locator('a[href^="/pages/"]').first().click();
  await sees(page, "版面原文");
  await holds(page, "为什么这样分");
});

// Types, and waits until the completions of the last word are shown: those of its beginnings may come before them.
const complete = async (page, last, type) => {
  const answered = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get("q") === last);
  await type();
  await (await answered).finished();
  await page.waitForTimeout(200);
  await page.locator(ROWS).first().waitFor();
};

inBrowser("completions are chosen by keyboard", "/help", async (page) => {
  await page.keyboard.press("/");
  await complete(page, "swn", () => page.keyboard.type("劳模 swn", { delay: 20 }));
  assert.equal(await page.getAttribute(BOX, "aria-expanded"), "true");
  await page.keyboard.press("ArrowUp");
  const last = await page.locator(ROWS).last().getAttribute("id");
  assert.equal(await page.getAttribute(BOX, "aria-activedescendant"), last);
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator(`${ROWS}[aria-selected=true]`).getAttribute("data-text"), "送温暖");
  await page.keyboard.press("Enter");
  assert.equal(await page.inputValue(BOX), "劳模 送温暖");
  assert.ok(await page.locator("#suggestions").isHidden());
  await page.keyboard.press("Enter");
  await sees(page, /^共 \d+ 篇$/);
  assert.deepEqual(asked(page, "q"), ["劳模 送温暖"]);
});

inBrowser("escape closes completions, and a click takes one", "/", async (page) => {
  await complete(page, "送温", () => page.locator(BOX).pressSequentially("送温", { delay: 20 }));
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#suggestions").isHidden());
  assert.equal(await page.inputValue(BOX), "送温");
  await complete(page, "送", () => page.keyboard.press("Backspace"));
  await page.locator(`${ROWS}[data-text="送温暖"]`).first().click();
  assert.equal(await page.inputValue(BOX), "送温暖");
});

// The panel stands open in a wide window, without a way to close it.
const openFilters = async (page) => {
  const summary = page.locator("details.filters > summary");
  if (await summary.isVisible()) await summary.click();
};

inBrowser("the filter panel narrows a search and keeps it", "/?q=维权&sort=newest", async (page) => {
  const total = async () => Number((await page.locator(".total").textContent()).replace(/\D/g, ""));
  const all = await total();
  await openFilters(page);
  await page.fill("#f-from", "2013");
  await page.fill("#f-to", "2013-12");
  await page.locator(`input[name=paper][value="${PAPER}"]`).check();
  await page.locator("button.apply").click();
  await page.waitForURL(/from=2013/);
  assert.deepEqual(["q", "from", "to", "paper", "sort"].map((name) => asked(page, name)), [["维权"], ["2013"], ["2013-12"], [PAPER], ["newest"]]);
  assert.ok(await total() > 0 && await total() < all);
  await openFilters(page);
  assert.ok(await page.locator(`input[name=paper][value="${PAPER}"]`).isChecked());
  await page.fill("#f-from", "2013-1");
  await page.locator("button.apply").click();
  assert.equal(await page.locator("#f-from:invalid").count(), 1, "the browser says what is wrong with the date");
});

inBrowser("a researcher compares two words by month", "/trends", async (page) => {
  const queries = page.locator("#trend input[name=q]");
  await queries.nth(0).fill("送温暖");
  await queries.nth(1).fill("维权");
  await page.selectOption("#t-by", "month");
  await page.selectOption("#t-show", "counts");
  await page.locator("#trend details.more > summary").click();
  await page.locator(`#trend input[name=paper][value="${PAPER}"]`).check();
  await page.locator("#trend button[type=submit]").click();
  await sees(page, "下载 CSV", "答案编号", "未入藏");
  assert.ok(await page.locator("figure.drawing svg").count() > 0);
  await holds(page, "六月合订本缺失");
  assert.deepEqual(asked(page, "q").filter(Boolean), ["送温暖", "维权"]);
  // The articles behind the first number of January.
  await page.locator('table.numbers a[href*="from=2013-01-01"]').first().click();
  await sees(page, "共 5 篇");
  await page.goto(new URL(`/coverage?by=month&paper=${PAPER}`, page.url()).href);
  await sees(page, "六月合订本缺失");
});

inBrowser("a citation is copied", "/?q=送温暖", async (page) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("article.hit h3 a").first().click();
  const button = page.locator("[data-copy]").first();
  await button.click();
  await sees(page, "已复制");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.includes("[N]"), copied);
});

inBrowser("what a reader types is never a script", '/?q="><script>alert(1)</script>', async (page) => {
  assert.equal(await page.inputValue(BOX), '"><script>alert(1)</script>');
  assert.equal(await page.locator("script:not([src])").count(), 0);
});
