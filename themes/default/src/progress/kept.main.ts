// kept.js: what reads progress that is kept. A first visit does without it.
import { merge } from "./merge";
import { fromText } from "./read";

if (window.waymark) window.waymark.reader = { fromText, merge };
