// Tables that can be sorted by a click on a heading, and lists that can be narrowed by words and menus.
"use strict";
(() => {
  const collator = new Intl.Collator("en", { numeric: true });
  // What a cell is sorted by: the rank of a word of a closed list, the start of an EDTF date, or else its text.
  const key = (row, column) => {
    const cell = row.cells[column];
    const date = cell.querySelector("time")?.dateTime ?? cell.querySelector("[data-edtf]")?.dataset.edtf;
    return cell.querySelector("[data-rank]")?.dataset.rank ?? date?.split("/")[0].replace(/[~?.]/g, "") ?? cell.textContent.trim();
  };
  const sort = (table, column, heading) => {
    const order = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    body.append(...[...body.rows].sort((a, b) => sign * collator.compare(key(a, column), key(b, column))));
  };
  for (const table of document.querySelectorAll(".brief-sortable")) {
    for (const [column, heading] of [...table.tHead.rows[0].cells].entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sort(table, column, heading));
    }
  }
  for (const form of document.querySelectorAll(".brief-filter")) {
    const items = [...document.querySelectorAll(form.dataset.of)];
    const drawn = Map.groupBy(document.querySelectorAll(".brief-chart a"), (link) => link.getAttribute("href").slice(1));
    const count = form.querySelector("output");
    const narrow = () => {
      const words = form.elements.words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const chosen = [...form.querySelectorAll("select")].map((select) => select.value).filter(Boolean);
      let number = 0;
      for (const item of items) {
        const content = item.textContent.toLocaleLowerCase();
        item.hidden = !words.every((word) => content.includes(word)) || !chosen.every((name) => item.matches(`.${name}, :has(.${name})`));
        number += item.hidden ? 0 : 1;
        for (const link of drawn.get(item.id) ?? []) link.classList.toggle("faded", item.hidden);
      }
      count.value = `${number} of ${items.length}`;
    };
    form.addEventListener("input", narrow);
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", () => { // an address leads to what it names, narrowed away or not
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.closest("[hidden]")) return;
      form.reset();
      narrow();
      target.scrollIntoView();
    });
    narrow();
  }
})();
