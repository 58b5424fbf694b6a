// form.js: what readers fill in: papers, ticks and notes of reading lists.
import { wakeReading } from "../reading/reading";
import { wakeForms } from "./form";

const app = window.waymark?.app;
if (app) {
  wakeForms(app);
  wakeReading(app);
}
