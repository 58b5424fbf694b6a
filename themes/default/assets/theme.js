/* Waymark. Built from themes/default/src/theme.ts by internal/tools/bundle. src: sha256-8af63a0891876b57b3f902983ae5f74308ddb23c411bd12d2fc94faac7665d07 */
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
