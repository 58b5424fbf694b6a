// offline.js: on sites with `offline: true`.
import { wakeOffline } from "./offline";

const app = window.waymark?.app;
if (app) wakeOffline(app);
