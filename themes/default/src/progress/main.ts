// The second script: what pages with a form, a reading list, a path, the learner's own page or the certificate need beyond waymark.js.
import { wakeForms } from "../form/form";
import { wakeHome } from "../home/home";
import { wakeReading } from "../reading/reading";

const app = window.waymark?.app;
if (app) {
  wakeForms(app);
  wakeReading(app);
  wakeHome(app);
}
