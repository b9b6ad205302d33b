// Searches kept in this browser, with what is new since they were last opened; copying, printing.
(() => {
  const KEY = "tracuu.kept";
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; } };
  const write = (kept) => { try { localStorage.setItem(KEY, JSON.stringify(kept.slice(0, 50))); } catch { /* a private window */ } };
  const now = () => new Date().toISOString().slice(0, 19) + "Z";
  const same = (a, b) => a.url === b.url;

  function offerToKeep(root) {
    const button = root.querySelector("[data-keep]");
    if (!button) return;
    const search = { url: location.search, label: button.dataset.keep, check: button.dataset.new, seen: now() };
    const told = () => { button.textContent = button.dataset.kept; button.disabled = true; };
    if (read().some((each) => same(each, search))) {
      write(read().map((each) => (same(each, search) ? { ...each, seen: now() } : each)));
      told();
    }
    button.hidden = false;
    button.addEventListener("click", () => { write([search, ...read()]); told(); });
  }
  offerToKeep(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) offerToKeep(event.target); });

  const list = document.getElementById("kept");
  const kept = read();
  if (list && kept.length) {
    list.hidden = false;
    for (const each of kept) {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: each.url, textContent: each.label || each.url });
      const count = Object.assign(document.createElement("span"), { className: "count" });
      const remove = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: list.dataset.remove });
      remove.addEventListener("click", () => { write(read().filter((other) => !same(other, each))); item.remove(); list.hidden = !list.querySelector("li"); });
      item.append(link, count, remove);
      list.querySelector("ul").append(item);
      fetch(`${each.check}&since=${encodeURIComponent(each.seen)}`)
        .then((answer) => answer.json())
        .then((told) => { if (told.count) count.textContent = `${told.count}${told.more ? "+" : ""} ${list.dataset.new}`; })
        .catch(() => {});
    }
  }

  for (const copy of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    copy.hidden = false;
    copy.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim()).then(() => { copy.textContent = "✓"; }));
  }
  for (const print of document.querySelectorAll("[data-print]")) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
})();
