/* Waymark. Built from themes/default/src/theme.ts by internal/tools/bundle. src: sha256-c438ce3587a0f9088f34c05a475443050f2d18e7029a862e6a19c4f25c84535a */
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
