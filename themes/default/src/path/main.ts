// path.js: the home page, the paths, the certificates.
import { boot } from "../boot";
import { wakeCertificate } from "../certificate/certificate";
import { wakeFields } from "../fill";
import { wakeHome } from "../home/home";
import { wakePath } from "./element";

// Beside waymark.js it takes over that script's App, and leaves to it what there is to fill in.
const first = !window.waymark;
boot((app) => {
  if (app.keeps) {
    wakeHome(app);
    wakePath(app);
    wakeCertificate(app);
  }
  if (first) wakeFields(app);
});
