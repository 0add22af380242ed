// Renders Vega-Lite specifications to SVG files with Vega's own Node API.
// Standard input: a JSON array of { path, spec }. The libraries lie in this folder.
"use strict";
const fs = require("fs");
const path = require("path");
const vm = require("vm");

for (const library of ["vega.min.js", "vega-lite.min.js"]) {
  const file = path.join(__dirname, library);
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });    // as in a browser: they define globals
}

const render = async ({ path: file, spec }) => {
  const view = new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "none" });
  fs.writeFileSync(file, await view.toSVG());
};

Promise.all(JSON.parse(fs.readFileSync(0, "utf8")).map(render)).catch(error => {
  console.error(error.message);
  process.exit(1);
});
