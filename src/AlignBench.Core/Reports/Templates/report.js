"use strict";
(() => {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const themes = JSON.parse(document.getElementById("themes").textContent);
  const wanted = matchMedia("(prefers-color-scheme: dark)");
  const specs = new Map([...document.querySelectorAll("script[data-spec]")]
    .map(script => [script.dataset.spec, JSON.parse(script.textContent)]));

  // Theme: the system's until the reader chooses. A page opened from a file may have no storage.
  const stored = { get: () => { try { return localStorage.getItem("alignbench-theme"); } catch { return null; } },
    set: value => { try { localStorage.setItem("alignbench-theme", value); } catch { /* not remembered */ } } };
  const setTheme = theme => {
    root.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to the ${theme === "dark" ? "light" : "dark"} theme`);
    return Promise.all([...specs.keys()].filter(isSeen).map(draw));
  };

  // What is inside closed details has no width yet.
  const placeOf = id => document.querySelector(`[data-plot="${id}"]`);
  const isSeen = id => placeOf(id).closest("details:not([open])") === null;
  for (const details of document.querySelectorAll("details.more")) {
    details.addEventListener("toggle", () => {
      if (details.open) {
        [...specs.keys()].filter(id => details.contains(placeOf(id))).forEach(draw);
      }
    });
  }

  // Paper is light: what a dark page prints instead of its plots.
  const lightSvg = spec => {
    const fixed = { ...spec, width: 340, config: themes.light };
    return new vega.View(vega.parse(vegaLite.compile(fixed).spec), { renderer: "none" }).toSVG();
  };

  const draw = async id => {
    const place = placeOf(id);
    const dark = root.dataset.theme === "dark";
    try {
      await vegaEmbed(place, specs.get(id), {
        config: themes[dark ? "dark" : "light"],
        renderer: "svg",
        actions: { export: true, source: false, compiled: false, editor: false },
        downloadFileName: id,
        tooltip: { theme: dark ? "dark" : "light" },
      });
      document.querySelector(`[data-printed="${id}"]`).innerHTML = dark ? await lightSvg(specs.get(id)) : "";
    } catch (error) {
      place.textContent = `This plot could not be drawn: ${error.message}`;
      place.classList.add("failed");
      console.error(error);
    }
  };

  const csvCell = value => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const csv = rows => rows.map(row => row.map(csvCell).join(",")).join("\n") + "\n";
  const link = (name, rows, words) => {
    const a = document.createElement("a");
    a.download = name;
    a.href = "data:text/csv;charset=utf-8," + encodeURIComponent(csv(rows));
    a.textContent = words;
    return a;
  };

  for (const [id, spec] of specs) {
    const place = document.querySelector(`[data-save="${id}"]`);
    for (const [name, rows] of Object.entries(spec.datasets)) {
      if (rows.length > 0) {
        const columns = Object.keys(rows[0]);
        const file = `${id}-${name}.csv`;
        place.append(link(file, [columns, ...rows.map(row => columns.map(column => row[column]))], `Data: ${name}.csv`));
      }
    }
  }

  const meant = cell => cell.dataset.v ?? cell.textContent;
  const number = text => text.trim() === "" ? NaN : Number(text);
  const compare = (a, b) => {
    const x = number(a), y = number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? Number.isNaN(x) - Number.isNaN(y) || a.localeCompare(b) : x - y;
  };

  for (const table of document.querySelectorAll("table.data")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const sort = document.createElement("button");
      sort.type = "button";
      sort.append(...heading.childNodes);
      heading.append(sort);
      sort.addEventListener("click", () => {
        const descending = heading.getAttribute("aria-sort") === "ascending";
        headings.forEach(other => other.removeAttribute("aria-sort"));
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((p, q) => (descending ? -1 : 1) * compare(meant(p.cells[column]), meant(q.cells[column])));
        table.tBodies[0].append(...rows);
      });
    });
    const save = document.querySelector(`[data-table="${CSS.escape(table.dataset.name)}"]`);
    const rows = [...table.tBodies[0].rows].map(row => [...row.cells].map(meant));
    save.append(link(table.dataset.name, [headings.map(heading => heading.textContent), ...rows], `Save as ${table.dataset.name}`));
  }

  button.addEventListener("click", () => {
    const theme = root.dataset.theme === "dark" ? "light" : "dark";
    stored.set(theme);
    setTheme(theme);
  });
  wanted.addEventListener("change", () => stored.get() ?? setTheme(wanted.matches ? "dark" : "light"));
  setTheme(stored.get() ?? (wanted.matches ? "dark" : "light")).then(() => { root.dataset.drawn = "true"; });
})();
