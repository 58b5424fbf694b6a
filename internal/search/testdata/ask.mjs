// Asks queries of an index as a browser does, with the theme's search.js: node ask.mjs search.js FOLDER
// FOLDER holds data/search/ and queries.json, whose want is the address of the page that should come first, or several; the answers go to standard output.
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import zlib from "node:zlib";

const [script, folder] = process.argv.slice(2);
let called;
globalThis.window = globalThis;
globalThis.waymark = { search: (...args) => (called = args) };
vm.runInThisContext(fs.readFileSync(script, "utf8"), { filename: script });
const { Finder } = globalThis.waymark.finder;

const size = (file) => zlib.gzipSync(fs.readFileSync(file), { level: 9 }).length;
const scriptSize = size(script);
const answers = [];
for (const q of JSON.parse(fs.readFileSync(path.join(folder, "queries.json"), "utf8"))) {
  let bytes = scriptSize;
  const finder = new Finder(async (name) => {
    const file = path.join(folder, "data/search", name + ".js");
    bytes += size(file);
    vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
    return called;
  });
  const found = await finder.find(q.words, { role: q.role ?? "", kind: q.kind ?? "" });
  const shown = found.hits.slice(0, 7);
  const urls = [];
  for (const h of shown) urls.push((await finder.title(h.page)).url);
  // The passages that come by themselves: see Dialog.read.
  let left = finder.meta.docs <= 500 ? 7 : Math.max(finder.meta.docs > 1500 ? 2 : 0, 4 - finder.requests);
  for (const h of shown) {
    if (!finder.has(h.page) && left-- <= 0) break;
    await finder.passage(h, found.terms);
  }
  const answer = { ...q, first: urls[0] ?? "", place: urls.findIndex((u) => [q.want].flat().includes(u)) + 1, bytes, requests: finder.requests + 1 };
  answer.scores = [shown[0]?.score ?? 0, shown[answer.place - 1]?.score ?? 0];
  answers.push(answer);
}
console.log(JSON.stringify(answers));
