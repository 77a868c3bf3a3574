// Niceties only: every page works without this file.
(function () {
  "use strict";

  // The menu and the filters open by :target; with a script the link also says whether its target is open.
  var links = document.querySelectorAll("a.menu-link[href^='#']");
  function tell() {
    links.forEach(function (link) {
      link.setAttribute("aria-expanded", String(location.hash === link.getAttribute("href")));
    });
  }
  links.forEach(function (link) {
    var target = document.querySelector(link.getAttribute("href"));
    if (!target) return;
    link.setAttribute("role", "button");
    link.setAttribute("aria-controls", target.id);
    link.addEventListener("keydown", function (event) {
      if (event.key === " ") {
        event.preventDefault();
        link.click();
      }
    });
    link.addEventListener("click", function (event) {
      if (location.hash !== link.getAttribute("href")) return;
      event.preventDefault();
      location.hash = "content";
      link.focus();
    });
  });
  window.addEventListener("hashchange", tell);
  tell();

  // Escape closes the menu, the filters and the access panel, and gives the focus back.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var panel = document.querySelector("details.access[open]");
    if (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
      return;
    }
    links.forEach(function (link) {
      if (location.hash === link.getAttribute("href")) link.click();
    });
  });

  // A form that came back with problems: start reading there.
  var problems = document.getElementById("problems");
  if (problems) problems.focus();
})();
