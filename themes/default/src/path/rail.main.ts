// rail.js: module pages with a path beside the text, when something is kept. It asks for the path's own data.
import { loadScript } from "../app";
import { find } from "../page";
import { showRail } from "./rail";

const door = window.waymark;
const app = door?.app;
const list = find(document, "ol.mini[data-path]");
const id = list?.dataset["path"];
if (app && list && id) {
  loadScript(`${app.page.root}data/path.${encodeURIComponent(id)}.js`).then(
    () => {
      const path = door.way?.paths.find((p) => p.id === id);
      if (!path) return;
      const show = () => showRail(app, list, path, door.way!);
      app.store.watch(show);
      show();
    },
    () => undefined, // without it the list is as it was written
  );
}
