// The typefaces stand in the style sheet; a browser reads them a moment after it has drawn the first lines in others,
// which would then move. So they are asked for at once, and the page is shown when they are there.
"use strict";
(() => {
  const root = document.documentElement;
  const faces = [...document.fonts].filter((face) => face.unicodeRange === "U+0-10FFFF");
  root.dataset.faces = "coming";
  Promise.allSettled(faces.map((face) => face.load())).then(() => root.removeAttribute("data-faces"));
})();
