// Suggestions below the search box: the combobox of WAI-ARIA 1.2.
"use strict";

(() => {
  const box = document.getElementById("q");
  const form = box && box.form;
  if (!form || !form.dataset.suggest) return;

  const PAUSE = 120; // ms after the last key
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let items = [];
  let active = -1; // what was typed
  let timer = 0;
  let asking = null; // AbortController
  let composing = false; // by an input method

  list.hidden = true;
  set(list, { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": form.dataset.suggestLabel });
  set(status, { class: "sr", role: "status" });
  form.append(list, status);
  // A search field may not be a combobox.
  set(box, { type: "text", role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions", "aria-expanded": false });

  function set(element, attributes) {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
  }

  function span(className, text) {
    const made = document.createElement("span");
    made.className = className;
    made.textContent = text;
    return made;
  }

  function option(item, place) {
    const row = document.createElement("li");
    const apart = place && items[place - 1].kind !== item.kind ? "apart" : "";
    set(row, { id: `suggestion-${place}`, class: `suggestion ${item.kind} ${apart}`, role: "option", "aria-selected": false });
    const label = row.appendChild(span("label", ""));
    for (const [text, typed] of item.pieces) label.append(span(typed ? "typed" : "", text));
    if (item.detail) label.append(span("detail", item.detail));
    const count = item.count === null ? "" : ` · ${item.count.toLocaleString(document.documentElement.lang)}`;
    row.append(span("group", item.group + count));
    row.addEventListener("click", () => take(item));
    row.addEventListener("pointermove", () => activate(place));
    return row;
  }

  function show(found) {
    items = found;
    active = -1;
    list.replaceChildren(...items.map(option));
    list.hidden = !items.length;
    set(box, { "aria-expanded": !list.hidden });
    box.removeAttribute("aria-activedescendant");
    status.textContent = items.length ? form.dataset.suggestCount.replace("0", items.length) : "";
  }

  function close() {
    clearTimeout(timer);
    if (asking) asking.abort();
    asking = null;
    show([]);
  }

  function activate(place) {
    if (place === active) return;
    const rows = list.children;
    if (rows[active]) set(rows[active], { "aria-selected": false });
    active = place;
    box.removeAttribute("aria-activedescendant");
    const row = rows[active];
    if (!row) return;
    set(row, { "aria-selected": true });
    set(box, { "aria-activedescendant": row.id });
    row.scrollIntoView({ block: "nearest" });
  }

  function take(item) {
    close();
    if (item.url) return location.assign(item.url);
    box.value = item.text;
    form.requestSubmit();
  }

  async function ask() {
    const typed = box.value;
    if (asking) asking.abort();
    if (!typed.trim()) return close();
    const mine = (asking = new AbortController());
    try {
      const state = new URLSearchParams(new FormData(form)); // and filters
      state.set("q", typed.slice(0, 200));
      const answer = await fetch(`${form.dataset.suggest}?${state}`, { signal: mine.signal });
      const found = answer.ok ? (await answer.json()).items : [];
      if (mine === asking && box.value === typed && document.activeElement === box) show(found);
    } catch {
      if (mine === asking) show([]);
    }
  }

  function later() {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(ask, PAUSE);
  }

  box.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("input", later);
  box.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
  form.addEventListener("submit", close);
  addEventListener("pagehide", close);

  box.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) return ask();
      const places = items.length + 1; // with the text typed
      activate(((active + 1 + step + places) % places) - 1);
    } else if (list.hidden) {
      return;
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(items[active]);
    } else if (event.key === "Tab") {
      if (active >= 0 && !items[active].url) box.value = items[active].text;
      close();
    }
  });
})();
