// path.js: the home page, the paths, the certificates.
import { boot } from "../boot";
import { wakeCertificate } from "../certificate/certificate";
import { wakeHome } from "../home/home";
import { find } from "../page";
import { wakePath } from "./element";

// Loaded beside waymark.js it takes over that script's App; first on its page, it asks for waymark.js when there are checks.
const first = !window.waymark;
const app = boot();
if (app) {
  wakeHome(app);
  wakePath(app);
  wakeCertificate(app);
  if (first && find(document, "[data-check-key], [data-form], [data-reading]")) void app.load("waymark.js");
}
