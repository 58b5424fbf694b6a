// progress.js: the learner's own page.
import { boot } from "../boot";
import { wakeProgress } from "./element";

boot(wakeProgress);
