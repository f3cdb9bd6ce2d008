// A mark and its note light up together; a note opens where an address leads to it, and on paper.
"use strict";
const noteOf = (element) => {
  const mark = element.closest?.(".brief-mark");
  const note = element.closest?.(".brief-annotation");
  if (mark) return [mark, document.getElementById(mark.id.replace(/^mark-/, ""))];
  return note ? [note, document.getElementById(`mark-${note.id}`)] : [];
};
let [lit, under] = [[], document.body];
const light = () => {
  const focused = document.querySelector(":focus-visible");
  for (const element of lit) element.classList.remove("lit");
  // A pair of which the reader does not want to see the note stays dark.
  lit = [under, focused].flatMap((element) => {
    const pair = element ? noteOf(element).filter(Boolean) : [];
    return pair.every((part) => part.checkVisibility()) ? pair : [];
  });
  for (const element of lit) element.classList.add("lit");
};
document.addEventListener("pointerover", (event) => {
  under = event.target;
  light();
});
document.addEventListener("focusin", light);

const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches("details")) {
    target.open = true;
    target.scrollIntoView({ block: "nearest" });
  }
};
addEventListener("hashchange", openTarget);
addEventListener("DOMContentLoaded", openTarget);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash === location.hash) openTarget();
});

let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".brief-annotation:not([open])")];
  for (const note of opened) note.open = true;
});
addEventListener("afterprint", () => {
  for (const note of opened) note.open = false;
});

// An opened note offers to copy its address, where the browser allows that.
document.addEventListener("toggle", (event) => {
  const links = event.target.querySelector(":scope > .brief-body > .brief-links");
  if (!navigator.clipboard || !links || links.querySelector("button")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy link";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(`#${event.target.id}`, location.href).href);
    button.textContent = "Copied";
  });
  links.append(" · ", button);
}, true);
