// Finds notes, cards, sources and the rest by word stems in English, Russian and Kazakh; what fits best comes first.
"use strict";
(() => {
  const [english, russian] = [new EnglishStemmer(), new RussianStemmer()];
  // Plural, possessive and case endings, the longest first; harmony gives each in a back and a front form.
  const endings = /(?:лар|лер|дар|дер|тар|тер)?(?:ымыз|іміз|ыңыз|іңіз|ым|ім|ың|ің|сы|сі|ы|і)?(?:ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ны|ні|ды|ді|ты|ті|да|де|та|те|нда|нде|дан|ден|тан|тен|нан|нен|мен|бен|пен)?$/;
  const hard = { ғ: "қ", г: "к", б: "п" }; // a last consonant is soft before an ending: одақ, одағы
  const isKazakh = (word) => /[әғқңөұүһі]/.test(word);
  const stem = (word) => {
    if (/[а-яёәғқңөұүһі]/.test(word)) {
      const cut = isKazakh(word) ? word.replace(endings, "").replace(/[ғгб]$/, (last) => hard[last]) : russian.stemWord(word);
      return cut.length > 2 ? cut : word;
    }
    return english.stemWord(word);
  };
  const fold = (text) => text.toLowerCase().replace(/ё/g, "е").replace(/[à-ž]/g, (letter) => letter.normalize("NFD")[0]);
  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = new Map();
  const stemmed = (text) => words(text).map((word) => stems.get(word) ?? (stems.set(word, stem(word)), stems.get(word)));

  const index = ENTRIES.map(([kind, verdict, title, address, text]) => ({
    kind, verdict, title, address, text, inTitle: stemmed(title), inText: stemmed(text),
  }));
  const weigh = (entry, asked) => {
    let weight = 0;
    for (const { whole, root } of asked) {
      const fits = (found) => found === root || found.startsWith(whole);
      const [title, text] = [entry.inTitle.filter(fits).length, entry.inText.filter(fits).length];
      if (!title && !text) return 0;
      weight += 8 * Math.min(title, 2) + Math.min(text, 4) + (entry.kind === "annotation" ? 1 : 0);
    }
    return weight;
  };
  const excerpt = (text, asked) => {
    const parts = text.match(/\S+\s*/g) ?? [];
    const hit = (part) => stemmed(part).some((found) => asked.some(({ whole, root }) => found === root || found.startsWith(whole)));
    const first = Math.max(0, parts.findIndex(hit) - 8);
    const shown = document.createElement("p");
    if (first) shown.append("… ");
    for (const part of parts.slice(first, first + 32)) {
      const [, before, word, after] = part.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su);
      if (!hit(part)) shown.append(part);
      else shown.append(before, Object.assign(document.createElement("mark"), { textContent: word }), after);
    }
    if (parts.length > first + 32) shown.append("…");
    return shown;
  };

  const form = document.querySelector(".search-page");
  const [list, count] = [document.getElementById("search-results"), document.getElementById("search-count")];
  const titles = new Map([...form.elements.kind.options].map((option) => [option.value, option.text]));
  const symbols = new Map([...form.elements.verdict.options].map((option) => [option.value, option.dataset.symbol]));
  const kindOf = ({ kind, verdict }) => {
    const [shown, symbol] = [document.createElement("span"), document.createElement("span")];
    if (!verdict) return titles.get(kind);
    shown.className = `brief-verdict word-${verdict}`;
    symbol.ariaHidden = "true";
    symbol.textContent = symbols.get(verdict);
    shown.append(symbol, ` ${verdict}`);
    return shown;
  };
  const show = () => {
    const { q, kind, verdict } = Object.fromEntries(["q", "kind", "verdict"].map((name) => [name, form.elements[name].value]));
    const asked = words(q).map((whole) => ({ whole, root: stem(whole) }));
    const found = !asked.length ? [] : index
      .filter((entry) => (!kind || entry.kind === kind) && (!verdict || entry.verdict === verdict))
      .map((entry) => ({ entry, weight: weigh(entry, asked) }))
      .filter(({ weight }) => weight)
      .sort((a, b) => b.weight - a.weight);
    count.textContent = asked.length ? `${found.length} found${found.length > 100 ? ", the first 100 shown" : ""}` : "";
    list.replaceChildren(...found.slice(0, 100).map(({ entry }) => {
      const [item, head, link] = ["li", "p", "a"].map((name) => document.createElement(name));
      link.href = entry.address;
      link.textContent = entry.title;
      head.append(link, " ", kindOf(entry));
      item.append(head, excerpt(entry.text, asked));
      return item;
    }));
  };
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.addEventListener("input", () => {
    history.replaceState(null, "", `?${new URLSearchParams(new FormData(form))}`);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
})();
