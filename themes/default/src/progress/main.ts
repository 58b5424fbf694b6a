// progress.js: the learner's own page.
import { boot } from "../boot";
import { wakeProgress } from "./element";

const app = boot();
if (app) wakeProgress(app);
