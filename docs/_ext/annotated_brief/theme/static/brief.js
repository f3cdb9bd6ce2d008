// Opens an annotation that an address or a link points to; everything works without it.
"use strict";
const openTarget = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView({ block: "nearest" });
  }
};
addEventListener("hashchange", openTarget);
addEventListener("DOMContentLoaded", openTarget);
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) openTarget();
});
