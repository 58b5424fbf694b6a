/* Waymark. Built from themes/default/src/theme.ts by internal/tools/bundle. src: sha256-e37fd700dd626f12077e4de90575630b27608b53cf22bc7a937228532d19fca7 */
"use strict";
(() => {
  // theme.ts
  var html = document.documentElement;
  html.classList.replace("no-js", "js");
  try {
    const theme = localStorage.getItem("waymark:theme");
    if (theme === "dark" || theme === "light") html.dataset.theme = theme;
    if (localStorage.getItem(`waymark:${html.dataset.site}:progress`)) html.classList.add("has-progress");
  } catch {
  }
})();
