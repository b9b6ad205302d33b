// Keyboard shortcuts, and stepping through hits without loading the page again.
// Everything here also works without JavaScript, by links.
"use strict";

(() => {
  const $ = (selector) => document.querySelector(selector);

  // ---------------------------------------------------------------- hits of a document

  const bar = $("#hitbar");
  const hits = [...document.querySelectorAll("mark[data-hit]")];
  let current = bar ? Number(bar.dataset.current) : 0;

  function stepButton(id, step) {
    const old = document.getElementById(id);
    if (!old) return;
    // A link while there is somewhere to go without JavaScript; a button works at both ends.
    const button = document.createElement("button");
    button.type = "button";
    button.id = id;
    button.textContent = old.textContent;
    button.addEventListener("click", () => goToHit(current + step));
    old.replaceWith(button);
  }

  function goToHit(number) {
    if (!hits.length) return;
    current = ((number - 1 + hits.length) % hits.length) + 1; // round and round
    document.querySelectorAll("mark.current").forEach((mark) => mark.classList.remove("current"));
    const mark = hits[current - 1];
    mark.classList.add("current");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    $("#hit-now").textContent = current;
  }

  if (bar) {
    stepButton("hit-previous", -1);
    stepButton("hit-next", 1);
  }

  // ---------------------------------------------------------------- results of a search

  const links = [...document.querySelectorAll(".hit-link")];

  function goToResult(step) {
    const index = links.indexOf(document.activeElement);
    const next = index < 0 ? (step > 0 ? 0 : links.length - 1) : index + step;
    if (links[next]) links[next].focus();
  }

  // ---------------------------------------------------------------- keys

  const typing = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const dialog = $("#keys");
    if (dialog.open) return; // Escape closes it by itself
    const actions = {
      "/": () => { const box = $("#q"); box.focus(); box.select(); },
      "?": () => dialog.showModal(),
      n: () => (bar ? goToHit(current + 1) : goToResult(1)),
      p: () => (bar ? goToHit(current - 1) : goToResult(-1)),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });
})();
