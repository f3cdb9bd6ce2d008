// Words that are selected offer a note on them: by form, by mail, or as text.
"use strict";
(() => {
  const { address, mail, text } = document.currentScript.dataset;
  const [longest, around] = [200, 32]; // characters; 2,000 fit into any address, where a Cyrillic letter takes six
  const fill = (pattern, values, encode) => pattern.replace(/\{(\w+)\}/g, (place, name) => encode(values[name] ?? place));
  const quoted = (part) => encodeURIComponent(part).replace(/%0A/g, "%0D%0A");
  const letters = (start, first, end, last) => {
    const range = new Range();
    range.setStart(start, first);
    range.setEnd(end, last);
    const part = range.cloneContents();
    for (const extra of part.querySelectorAll(".brief-number, .brief-noteref, .brief-propose")) extra.remove();
    return [...part.textContent.replace(/\s+/g, " ")];
  };
  const join = (part) => part.join("").trim();
  // The words, of the first paragraph they touch.
  const find = () => {
    if (getSelection().isCollapsed) return;
    const chosen = getSelection().getRangeAt(0);
    for (const paragraph of document.querySelectorAll(".brief-passage > p")) {
      if (!chosen.intersectsNode(paragraph)) continue;
      const close = [paragraph, paragraph.childNodes.length];
      const whole = paragraph.contains(chosen.endContainer);
      const end = whole ? [chosen.endContainer, chosen.endOffset] : close;
      const start = paragraph.contains(chosen.startContainer) ? [chosen.startContainer, chosen.startOffset] : [paragraph, 0];
      const taken = letters(...start, ...end);
      const kept = taken.length > longest ? taken.slice(0, taken.lastIndexOf(" ", longest) + 1 || longest) : taken;
      if (join(kept)) return {
        paragraph: paragraph.parentElement.id,
        words: join(kept),
        prefix: join(letters(paragraph, 0, ...start).slice(-around)),
        suffix: join([...taken.slice(kept.length), ...letters(...end, ...close)].slice(0, around)),
        cut: !whole || kept.length < taken.length,
        last: end[0],
        box: [...chosen.getClientRects()].at(-1),
      };
    }
  };

  let found, timer;
  const button = document.createElement("button");
  Object.assign(button, { className: "brief-propose", textContent: "Propose a note" });
  // Behind the words, it is the next stop of the Tab key.
  const place = ({ last, box }) => {
    const before = last.matches?.("p") ? last.lastChild : last.parentElement.closest("a") ?? last;
    if (before !== button && before.nextSibling !== button) before.after(button);
    button.style.left = button.style.top = 0;
    const { width, left, top } = button.getBoundingClientRect();
    button.style.left = `${Math.min(box.right, innerWidth - width - 8) - left}px`;
    button.style.top = `${box.bottom + 4 - top}px`;
  };
  const follow = () => {
    found = find() ?? found;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (find()) place(found);
      else if (document.activeElement !== button && !document.querySelector("dialog")) button.remove();
    }, 150);
  };
  document.addEventListener("selectionchange", follow);
  button.onblur = follow;
  button.onmousedown = () => false; // the words stay selected
  button.onclick = () => {
    const dialog = document.createElement("dialog");
    dialog.ariaLabel = button.textContent;
    dialog.innerHTML = `<p></p><textarea readonly rows="12" aria-label="Proposal"></textarea><p>${
      address ? '<a target="_blank" rel="noopener">Open the form</a>' : ""} <button>Copy the text</button> <a>Send by mail</a> <button>Close</button>`;
    const [area, [copy, close]] = [dialog.querySelector("textarea"), dialog.querySelectorAll("button")];
    area.value = found.text = fill(text, found, String);
    dialog.firstChild.textContent = `A note on ‘${found.words}’${found.cut ? ", the first words selected" : ""}.`;
    for (const link of dialog.querySelectorAll("a")) link.href = fill(link.target ? address : mail, found, quoted);
    copy.hidden = !navigator.clipboard;
    copy.onclick = () => navigator.clipboard.writeText(area.value).then(() => { copy.textContent = "Copied"; });
    close.onclick = () => dialog.close();
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
  };
})();
