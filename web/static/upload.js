// Handing in files: dropped or chosen they are sent at once, with progress. Without JavaScript: the form.
"use strict";

(() => {
  const form = document.getElementById("upload");
  const files = document.getElementById("files");
  const bar = document.getElementById("upload-progress");
  const problems = document.getElementById("upload-problems");
  if (!form || !window.htmx) return;

  const over = (on) => form.classList.toggle("over", on);
  form.querySelector(".by-script").hidden = false;
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault(); // anywhere on the page: a near miss would open the file instead
      over(true);
    });
  }
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  files.addEventListener("change", () => { if (files.files.length) form.requestSubmit(); });

  form.addEventListener("htmx:beforeRequest", () => { problems.replaceChildren(); bar.value = 0; bar.hidden = false; });
  form.addEventListener("htmx:xhr:progress", (event) => { if (event.detail.lengthComputable) bar.value = 100 * event.detail.loaded / event.detail.total; });
  form.addEventListener("htmx:afterRequest", () => { bar.hidden = true; form.reset(); });
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    form.addEventListener(name, (event) => {
      event.stopPropagation();
      const told = Object.assign(document.createElement("p"), { className: "notice", textContent: form.dataset.failed });
      problems.replaceChildren(told);
    });
  }
})();
