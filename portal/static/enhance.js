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

  // A form that came back with problems: start reading there. Its place in the history is that of a page that was asked
  // for, not of one that was sent: so nobody who goes back to it is asked whether to send it again.
  var problems = document.getElementById("problems");
  if (problems) {
    problems.focus();
    history.replaceState(history.state, "", location.href);
  }

  // Whoever goes back to a form finds what was typed into it, until the tab is closed or the form is opened anew. A password,
  // a file and the token are kept nowhere.
  var form = document.querySelector("main form[method=post].form");
  var place = "typed:" + location.pathname + location.search;
  function kept(control) {
    return control.name && control.name !== "csrf_token" && control.name !== "version" &&
      ["password", "file", "submit", "button"].indexOf(control.type) < 0;
  }
  function keep() {
    var typed = Array.prototype.filter.call(form.elements, kept).map(function (one) {
      return [one.name, one.value, one.checked === true];
    });
    try { sessionStorage.setItem(place, JSON.stringify(typed)); } catch (full) { /* then it is as without a script */ }
  }
  function giveBack(typed) {
    var controls = Array.prototype.filter.call(form.elements, kept);
    if (controls.length !== typed.length) return; // another form than the one that was sent
    controls.forEach(function (one, n) {
      if (one.name !== typed[n][0]) return;
      if (one.type === "radio" || one.type === "checkbox") one.checked = one.value === typed[n][1] && typed[n][2];
      else one.value = typed[n][1];
    });
  }
  if (form) {
    var opened = performance.getEntriesByType("navigation")[0];
    var typed = null;
    try { typed = JSON.parse(sessionStorage.getItem(place)); } catch (away) { /* no storage */ }
    if (typed && opened && opened.type === "back_forward" && !problems) giveBack(typed);
    else if (!problems) try { sessionStorage.removeItem(place); } catch (away) { /* no storage */ }
    form.addEventListener("submit", keep);
  }
})();
