/* Waymark. Built from themes/default/src/theme.ts by internal/tools/bundle. src: sha256-04d6034ada47a00b9470b4066a99d5811e93dcfae03f09b9f9c04650f87d76d1 */
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
