/* Waymark. Built from themes/default/src/theme.ts by internal/tools/bundle. src: sha256-3a592966665a2243f2e9445cd153a3409ccf00435a932a7a03229a4296fa110a */
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
