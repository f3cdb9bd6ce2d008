// Shows the card of a link's target beside it: on hover, on focus, and on the first tap. Escape closes it.
"use strict";
(() => {
  const cards = new Map();
  for (const card of document.querySelectorAll("[popover]")) cards.set(card.querySelector("a").href, card);
  const [wait, edge] = [250, 8];
  let timer, from;

  // There, marks light notes.
  const beside = matchMedia("(min-width: 62rem)");
  const noteCard = (link) => {
    const note = link.pathname === location.pathname ? document.getElementById(link.hash.slice(1)) : null;
    if (!note?.matches(".brief-annotation") || note.contains(link)) return undefined;
    if (beside.matches && link.matches(".brief-noteref")) return undefined;
    const card = document.createElement("div");
    card.popover = "auto";
    const [head, name, claim] = ["p", "a", "p"].map((tag) => document.createElement(tag));
    name.href = link.hash;
    name.append(...note.querySelector(".brief-head").cloneNode(true).childNodes);
    head.append(name);
    claim.append(...note.querySelector(".brief-claim").cloneNode(true).childNodes);
    card.append(head, claim);
    document.body.append(card);
    cards.set(link.href, card);
    return card;
  };
  const place = (card, link) => {
    const [around, own] = [link.getClientRects()[0], card.getBoundingClientRect()];
    const below = around.bottom + own.height + edge < innerHeight || around.top < own.height + edge;
    card.style.top = `${scrollY + (below ? around.bottom + 4 : around.top - own.height - 4)}px`;
    card.style.left = `${scrollX + Math.max(edge, Math.min(around.left, innerWidth - own.width - edge))}px`;
  };
  const open = (link, card) => {
    clearTimeout(timer);
    card.id ||= `card-${[...cards.values()].indexOf(card)}`;
    link.setAttribute("aria-describedby", card.id);
    card.showPopover();
    place(card, link);
    from = link;
  };
  const cardOf = (target) => {
    const link = target.closest?.("a[href]");
    if (!link || link.closest("[popover]")) return [];
    const card = cards.get(link.href) ?? noteCard(link);
    return card ? [link, card] : [];
  };
  const close = () => document.querySelector("[popover]:popover-open")?.hidePopover();
  const later = (act) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (event.target.closest?.("[popover]")) return clearTimeout(timer);
    const [link, card] = cardOf(event.target);
    later(link ? () => open(link, card) : close);
  });
  document.addEventListener("focusin", (event) => {
    const [link, card] = cardOf(event.target);
    if (link?.matches(":focus-visible")) open(link, card);
    else if (!event.target.closest("[popover]")) close();
  });
  document.addEventListener("click", (event) => {
    const [link, card] = cardOf(event.target);
    if (!link || event.pointerType !== "touch" || from === link) {
      from = undefined;
      return;
    }
    event.preventDefault();
    open(link, card);
  });
})();
