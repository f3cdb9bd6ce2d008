// What the reader wants to see: kept in the address (#mode=findings&without=corroborated) and, for the next visit, here.
// It runs before the page is drawn, so that nothing jumps. The style sheet hides notes, but for one that a link leads to.
"use strict";
(() => {
  const root = document.documentElement;
  const key = "brief-shown";
  const shown = () => ({ mode: root.dataset.mode ?? "everything", without: root.dataset.without ?? "" });
  const show = ({ mode, without }) => {
    root.dataset.mode = ["text", "findings"].includes(mode) ? mode : "everything";
    root.dataset.without = without ?? "";
  };
  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(shown()));
    } catch { /* a browser that keeps nothing still shows what was asked for */ }
  };
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  };
  const follow = () => {
    const fragment = new URLSearchParams(location.hash.slice(1));
    if (!fragment.has("mode")) return false;
    show(Object.fromEntries(fragment));
    keep(); // the next link on the page takes the place of this fragment
    return true;
  };
  if (!follow()) show(kept());
  addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".brief-modes");
    if (!form) return;
    const fill = () => {
      const { mode, without } = shown();
      form.elements.mode.value = mode;
      for (const box of form.querySelectorAll("[name=verdict]")) box.checked = !without.split(" ").includes(box.value);
    };
    fill();
    addEventListener("hashchange", () => {
      if (follow()) fill();
    });
    form.addEventListener("change", () => {
      const without = [...form.querySelectorAll("[name=verdict]:not(:checked)")].map((box) => box.value).join(" ");
      show({ mode: form.elements.mode.value, without });
      history.replaceState(null, "", `#${new URLSearchParams(shown())}`);
      keep();
    });
  });
})();
