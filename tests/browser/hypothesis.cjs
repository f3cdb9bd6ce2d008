// Prints a script that offers two functions of the Hypothesis client: the one that reads an import, and the one that
// finds a quotation in a text. They are taken from the source maps of its package.
const fs = require("fs");
const path = require("path");
const ts = require("typescript");

const scripts = path.join(__dirname, "node_modules/hypothesis/build/scripts");
const wanted = [
  "src/sidebar/helpers/import.ts",
  "src/shared/is-object.ts",
  "src/shared/read-json-file.ts",
  "src/shared/promise-with-resolvers.ts",
  "src/annotator/anchoring/match-quote.ts",
  "node_modules/approx-string-match/build/src/index.js",
];
const modules = {};
for (const bundle of ["sidebar", "annotator"]) {
  const map = JSON.parse(fs.readFileSync(path.join(scripts, `${bundle}.bundle.js.map`), "utf-8"));
  map.sources.forEach((source, i) => {
    const name = wanted.find((end) => source.endsWith(end));
    if (name) modules[path.basename(name).replace(/\.[jt]s$/, "")] = map.sourcesContent[i];
  });
}
modules["approx-string-match"] = modules.index;
delete modules.index;
const options = { compilerOptions: { module: "CommonJS", target: "ES2022", esModuleInterop: true } };
const functions = Object.entries(modules).map(
  ([name, text]) => `${JSON.stringify(name)}: (exports, require) => {${ts.transpileModule(text, options).outputText}}`,
);
console.log(`(() => {
  const modules = {${functions.join(",\n")}};
  const load = (name) => {
    const exports = {};
    modules[name.split("/").pop()](exports, load);
    return exports;
  };
  globalThis.hypothesisClient = { ...load("import"), ...load("match-quote") };
})()`);
