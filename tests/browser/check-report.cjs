// Opens a report in headless Chromium and checks what a reader meets. Prints a line for each check; the last line is
// "N passed, N failed". Usage: CHROMIUM=/usr/bin/chromium node check-report.cjs REPORT.html FOLDER_FOR_SCREENSHOTS WIDTH:THEME[,WIDTH:THEME ...]
"use strict";
const fs = require("fs");
const os = require("os");
const path = require("path");
const { pathToFileURL } = require("url");
const { chromium } = require("playwright-core");

const [report, screenshots] = process.argv.slice(2, 4).map(argument => path.resolve(argument));
const LARGEST = 5 * 1024 * 1024;
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
let passed = 0;
let failed = 0;

const check = (holds, what, found = "") => {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok    " : "FAILED"}  ${what}${holds || found === "" ? "" : `: ${found}`}`);
};

// What each plot shows, by its SVG: for each named data set the number of its rows, and the marks that are drawn.
const readPlots = page => page.evaluate(() => [...document.querySelectorAll("figure.plot")].map(figure => {
  const count = selector => figure.querySelectorAll(`.drawing svg ${selector}`).length;
  const spec = JSON.parse(figure.querySelector("script[data-spec]").textContent);
  return {
    id: figure.id,
    rows: Object.fromEntries(Object.entries(spec.datasets).map(([name, rows]) => [name, rows.length])),
    bars: count("g.mark-rect path"),
    dots: count("g.mark-symbol:not(.role-legend-symbol) path"),
    lines: count("g.mark-line path"),
    words: figure.querySelector('[role="graphics-document"]')?.getAttribute("aria-label") ?? "",
    width: figure.querySelector(".drawing svg")?.getBoundingClientRect().width ?? 0,
    room: figure.getBoundingClientRect().width,
  };
}));

const isComplete = plot => plot.rows.scores !== undefined ? plot.bars >= plot.rows.scores
  : plot.rows.pairs !== undefined ? plot.bars >= plot.rows.means && plot.dots === plot.rows.pairs
  : plot.dots > 0 && plot.dots === (plot.rows.curve ?? plot.rows.rows);

const checkPlots = (plots, where) => {
  const all = (holds, what) => {
    const wrong = plots.filter(plot => !holds(plot));
    check(wrong.length === 0, `${where}: each of ${plots.length} plots ${what}`, wrong.map(plot => JSON.stringify(plot)).join(" "));
  };
  check(plots.length > 0, `${where}: there are plots`);
  all(isComplete, "draws every row of its data");
  all(plot => plot.width > 100 && plot.width <= plot.room, "fits into its place");
  all(plot => plot.words.length > 20, "has an alternative text");
};

const open = async (browser, width, scheme) => {
  const page = await browser.newPage();
  const wrong = [];
  page.on("console", message => { if (["error", "warning"].includes(message.type())) { wrong.push(message.text()); } });
  page.on("pageerror", error => wrong.push(error.message));
  page.on("request", request => { if (!/^(file|data|blob):/.test(request.url())) { wrong.push(`request of ${request.url()}`); } });
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: 900 });
  await page.goto(pathToFileURL(report).href);
  await page.waitForSelector("html[data-drawn]", { timeout: 20000 });
  return { page, wrong };
};

const checkWidth = async (browser, width, scheme) => {
  const where = `${width} px, ${scheme}`;
  const { page, wrong } = await open(browser, width, scheme);
  await page.screenshot({ path: path.join(screenshots, `report-${width}-${scheme}.png`), fullPage: true });
  await page.evaluate(() => document.querySelectorAll("details.more").forEach(details => { details.open = true; }));
  await page.waitForFunction(() => [...document.querySelectorAll(".drawing")].every(place => place.querySelector("svg")));
  checkPlots(await readPlots(page), where);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(overflow <= 0, `${where}: nothing sticks out to the side`, `${overflow} px`);
  check(await page.evaluate(() => document.documentElement.dataset.theme) === scheme, `${where}: follows the system's theme`);
  check(wrong.length === 0, `${where}: no message on the console, no request`, wrong.join("; "));
  await page.close();
};

const checkUse = async browser => {
  const { page, wrong } = await open(browser, 1280, "light");
  check(await page.evaluate(() => window.injected === undefined), "text of the data is not run");

  const csv = await page.evaluate(() => {
    const link = document.querySelector(".plot .save a");
    return { name: link.download, text: decodeURIComponent(link.href.split(",").slice(1).join(",")) };
  });
  check(csv.name.endsWith(".csv") && csv.text.split("\n").length > 2, "a plot's data can be saved as CSV", csv.name);

  const formats = await page.evaluate(async () => {
    const found = [];
    for (const link of document.querySelector(".plot .vega-actions").querySelectorAll("a")) {
      link.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
      for (let i = 0; i < 50 && !/^(data|blob):/.test(link.href); i++) {
        await new Promise(done => setTimeout(done, 20));
      }
      found.push(`${link.download.split(".").pop()} ${link.href.split(":")[0]}`);
    }
    return found;
  });
  check(formats.join() === "svg blob,png data", "a plot can be saved as SVG and PNG", formats.join());

  const sorted = await page.evaluate(() => {
    const table = document.querySelector('table[data-name="predictivity.csv"], table[data-name="comparison.csv"], table[data-name="adapters_alignment.csv"]');
    const column = [...table.tHead.rows[0].cells].findIndex(cell => ["score", "mean", "chance"].includes(cell.textContent));
    const button = table.tHead.rows[0].cells[column].querySelector("button");
    const values = () => [...table.tBodies[0].rows].map(row => Number(row.cells[column].dataset.v ?? row.cells[column].textContent));
    button.click();
    const up = values();
    button.click();
    return [up, values()];
  });
  check(sorted[0].length > 1 && sorted[0].every((value, i, all) => i === 0 || all[i - 1] <= value), "a table sorts upwards");
  check(sorted[1].every((value, i, all) => i === 0 || all[i - 1] >= value), "and downwards");

  const before = await page.evaluate(() => document.querySelector(".drawing svg text[fill]").getAttribute("fill"));
  await page.click("#theme");
  await page.waitForFunction(old => document.documentElement.dataset.theme === "dark"
    && document.querySelector(".drawing svg text[fill]")?.getAttribute("fill") !== old, before, { timeout: 10000 });
  check(true, "the button changes the theme, of the plots too");
  await page.emulateMedia({ media: "print" });
  await page.screenshot({ path: path.join(screenshots, "report-print.png"), fullPage: true });
  await page.pdf({ path: path.join(screenshots, "report.pdf"), format: "A4" });
  check(wrong.length === 0, "in use: no message on the console, no request", wrong.join("; "));
  await page.close();
};

(async () => {
  fs.mkdirSync(screenshots, { recursive: true });
  check(fs.statSync(report).size < LARGEST, "the file is smaller than 5 MB", `${fs.statSync(report).size} bytes`);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "alignbench-browser-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM, args: flags, offline: true,
  });
  try {
    for (const [width, theme] of process.argv[4].split(",").map(look => look.split(":"))) {
      await checkWidth(browser, Number(width), theme);
    }
    await checkUse(browser);
  } catch (error) {
    check(false, "the checks run to their end", error.message);
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
})();
