// In each page of the preview: loads it again when it was written anew, and lists what is to be mended.
"use strict";
{
  const page = decodeURIComponent(location.pathname).replace(/\/$/, "/index.html").replace(/^\/|\.html$/g, "");
  const panel = document.createElement("aside");
  panel.id = "brief-preview";
  panel.setAttribute("role", "status");
  const line = (tag, ...parts) => {
    const made = document.createElement(tag);
    made.append(...parts);
    return made;
  };
  const place = ({ path, line: number }) => line("code", number ? `${path}:${number}` : path);
  const show = ({ findings, failed }) => {
    const here = findings.filter(({ path }) => path === `docs/${page}.md`);
    const listed = [...here, ...findings.filter((found) => !here.includes(found))].slice(0, 12);
    const items = listed.map((found) =>
      line("li", place(found), ` ${found.message}${found.hint && `; ${found.hint}`} (${found.code})`));
    const more = findings.length - listed.length;
    panel.replaceChildren(
      line("strong", failed ? "Not built" : `${findings.length} to mend`),
      ...(failed ? [line("p", failed)] : []),
      line("ul", ...items, ...(more ? [line("li", `and ${more} more`)] : [])));
    if (failed || findings.length) document.body.append(panel);
    else panel.remove();
  };
  const { since } = document.currentScript.dataset;
  new EventSource(`/_preview/events?since=${since}`).addEventListener("message", ({ data }) => {
    const said = JSON.parse(data);
    if (said.pages.includes(page)) location.reload();
    else show(said);
  });
}
