/* Waymark: src/theme.ts, built by internal/tools/bundle. src: sha256-a7ac5dfdd96ba961 */
"use strict";(()=>{var t=document.documentElement;t.classList.replace("no-js","js");try{let e=localStorage.getItem("waymark:theme");(e==="dark"||e==="light")&&(t.dataset.theme=e),localStorage.getItem(`waymark:${t.dataset.site}:progress`)&&t.classList.add("has-progress")}catch{}})();
