// Choosing a stretch of time in the bars: by dragging, or with Shift and the arrow keys, then Enter.
// Without JavaScript every bar is a link, and the fields below take any range.
"use strict";

(() => {
  const items = (list) => [...list.children];

  function paint(list, first, last) {
    const [low, high] = first < last ? [first, last] : [last, first];
    items(list).forEach((item, index) => item.classList.toggle("brushed", index >= low && index <= high));
  }

  function choose(list, first, last) {
    const [low, high] = first < last ? [first, last] : [last, first];
    const all = items(list);
    const url = new URL(window.location.href);
    ["year", "page"].forEach((name) => url.searchParams.delete(name));
    url.searchParams.set("from", all[low].dataset.from);
    url.searchParams.set("to", all[high].dataset.to);
    window.location.assign(url);
  }

  function brush(list) {
    let first = null; // where the stretch begins
    let last = null;
    let dragged = false;
    const at = (event) => {
      const item = document.elementFromPoint(event.clientX, event.clientY)?.closest("li");
      return item && item.parentElement === list ? items(list).indexOf(item) : null;
    };

    list.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return; // a finger scrolls
      first = at(event);
      dragged = false;
      window.addEventListener("pointermove", moved);
      window.addEventListener("pointerup", dropped, { once: true });
    });
    const moved = (event) => {
      if (first === null) return;
      const now = at(event);
      if (now === null || now === first && !dragged) return;
      dragged = true;
      last = now;
      paint(list, first, last);
    };
    const dropped = () => {
      window.removeEventListener("pointermove", moved);
      if (first !== null && dragged && last !== null) choose(list, first, last);
      first = null;
    };
    list.addEventListener("click", (event) => { if (dragged) event.preventDefault(); });

    list.addEventListener("keydown", (event) => {
      const item = event.target.closest("li");
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step && event.shiftKey) {
        event.preventDefault();
        const here = items(list).indexOf(item);
        if (list.dataset.first === undefined) list.dataset.first = list.dataset.last = here;
        const next = Math.min(Math.max(Number(list.dataset.last) + step, 0), items(list).length - 1);
        list.dataset.last = next;
        paint(list, Number(list.dataset.first), next);
      } else if (event.key === "Enter" && list.dataset.first !== undefined) {
        event.preventDefault();
        choose(list, Number(list.dataset.first), Number(list.dataset.last));
      } else if (event.key === "Escape") {
        delete list.dataset.first;
        paint(list, -1, -2);
      }
    });
    const help = list.parentElement.querySelector(".brush-help");
    if (help) help.hidden = false;
  }

  // ---------------------------------------------------------------- values of a facet by name

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

  function findIn(label) {
    const box = label.querySelector("input");
    const facet = label.closest(".facet");
    const more = facet.querySelector("details");
    label.hidden = false;
    box.addEventListener("input", () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      if (words.length && more) more.open = true;
      facet.querySelectorAll("li").forEach((item) => {
        const name = plain(item.querySelector(".name").textContent);
        item.hidden = !words.every((word) => name.includes(word));
      });
    });
    box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }

  function begin(root) {
    root.querySelectorAll("[data-brush]").forEach(brush);
    root.querySelectorAll(".facet-find").forEach(findIn);
  }
  begin(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) begin(event.target); });
})();
