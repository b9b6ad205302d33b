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

  function goToResult(step) {
    const links = [...document.querySelectorAll(".hit-link")];
    const index = links.indexOf(document.activeElement);
    const next = index < 0 ? (step > 0 ? 0 : links.length - 1) : index + step;
    if (links[next]) links[next].focus();
  }

  // ---------------------------------------------------------------- results exchanged without a page load

  const waiting = (event) => {
    const main = $("#noi-dung");
    if (event.detail.target === main) main.setAttribute("aria-busy", event.type === "htmx:beforeRequest");
  };
  document.addEventListener("htmx:beforeRequest", waiting);
  document.addEventListener("htmx:afterRequest", waiting);
  // An error is a page of its own, and so is what is no page of results: load it.
  const loadPage = (event) => location.assign(event.detail.pathInfo.finalRequestPath || event.detail.pathInfo.requestPath);
  document.addEventListener("htmx:sendError", loadPage);
  document.addEventListener("htmx:responseError", loadPage);
  document.addEventListener("htmx:afterSettle", (event) => {
    const title = $("#found-title");
    if (!title || !event.target.contains(title)) return;
    $("#q").value = new URLSearchParams(location.search).get("q") || "";
    const feed = $("[data-feed]");
    if (feed) $("link[type='application/atom+xml']").href = feed.href;
    title.focus({ preventScroll: true }); // said by a screen reader; the keyboard goes on from here
  });

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
