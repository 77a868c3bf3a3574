// Questions that depend on an answer are there when it is given. Without this file all of them are, and say when they apply.
(function () {
  "use strict";

  var groups = document.querySelectorAll("fieldset[data-after]");
  if (!groups.length) return;
  var form = groups[0].closest("form");

  function isGiven(name, answer) {
    var fields = form.querySelectorAll('[name="' + name + '"]:checked');
    return Array.prototype.some.call(fields, function (field) {
      // A group that is itself hidden has no answer: the server does not look at it either.
      return (field.value === answer || (answer === "yes" && field.type === "checkbox")) && !field.closest("[hidden]");
    });
  }

  function show() {
    groups.forEach(function (group) {
      group.hidden = !isGiven(group.dataset.after, group.dataset.answer) && !group.querySelector(".wrong");
    });
  }

  form.addEventListener("change", show);
  window.addEventListener("pageshow", show); // the browser brings back what was chosen, after the page is made
  show();
})();
