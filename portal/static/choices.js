// What is chosen in a form stands before its button, true at every moment. Without this file a button of the form shows it.
(function () {
  "use strict";

  var box = document.querySelector("[data-choices]");
  if (!box) return;
  var form = box.closest("form");

  function words(name) {
    return box.querySelector("template[data-said=" + name + "]").content.cloneNode(true);
  }

  function show(line) {
    var chosen = form.querySelector('input[name="' + line.dataset.group + '"]:checked');
    var said = line.querySelector(".said");
    said.textContent = "";
    if (!chosen || chosen.value === "none") {
      said.append(words(chosen ? "none" : "open"));
      return;
    }
    var title = document.createElement("b");
    chosen.labels[0].childNodes.forEach(function (node) {
      title.append(node.cloneNode(true));
    });
    said.append(title);
    if (/w$/.test(chosen.value)) said.append(" ", words("waits"));
  }

  function showAll() {
    box.querySelectorAll("[data-group]").forEach(show);
  }

  form.querySelectorAll('button[name=act][value=look]').forEach(function (button) {
    button.hidden = true;
  });
  box.hidden = false;
  form.addEventListener("change", showAll);
  window.addEventListener("pageshow", showAll); // the browser brings back what was chosen, after the page is made
  showAll();
})();
