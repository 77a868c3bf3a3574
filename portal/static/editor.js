// Turns <textarea data-editor> into Trix with our own toolbar (its labels are in the language of the page and all of
// its buttons can be reached by keyboard). The textarea keeps the HTML and is what the form sends.
// This file stands before Trix: the nonce must be in the page when Trix starts, the rest waits for it.
(function () {
  "use strict";

  // Trix puts its own <style> into the page: the policy lets it through by this page's nonce.
  var nonce = document.createElement("meta");
  nonce.name = "csp-nonce";
  nonce.content = document.currentScript.dataset.nonce;
  document.head.appendChild(nonce);

  // Trix writes <div>, <h1> and line breaks by itself; the portal stores paragraphs, h2 and h3, and return begins a
  // new paragraph, which Trix would join to the one before.
  function configure(Trix) {
    var blocks = Trix.config.blockAttributes;
    blocks.default.tagName = "p";
    delete blocks.heading1;
    blocks.heading2 = { tagName: "h2", terminal: true, breakOnReturn: true, group: false };
    blocks.heading3 = { tagName: "h3", terminal: true, breakOnReturn: true, group: false };
    var shouldInsertBlockBreak = Trix.LineBreakInsertion.prototype.shouldInsertBlockBreak;
    Trix.LineBreakInsertion.prototype.shouldInsertBlockBreak = function () {
      return this.block.hasAttributes() ? shouldInsertBlockBreak.call(this) : true;
    };
    Trix.Block.prototype.canBeConsolidatedWith = function () { return false; };
  }

  // What a text may have and Trix would drop without a word. Such a text stays HTML.
  var UNKNOWN = "table, sub, sup, abbr, h4, hr, figure, img, ol[start]";

  function hasMore(area) {
    return new DOMParser().parseFromString(area.value, "text/html").querySelector(UNKNOWN) !== null;
  }

  function explain(area) {
    var sentence = document.getElementById(area.id + "-more");
    sentence.hidden = false;
    area.setAttribute("aria-describedby", ((area.getAttribute("aria-describedby") || "") + " " + sentence.id).trim());
  }

  function upgrade(area, toolbar) {
    var label = document.getElementById(area.id + "-label");
    var bar = document.createElement("trix-toolbar");
    bar.id = area.id + "-toolbar";
    bar.appendChild(toolbar.content.cloneNode(true));
    var editor = document.createElement("trix-editor");
    editor.setAttribute("toolbar", bar.id);
    editor.setAttribute("input", area.id);
    editor.id = area.id + "-editor";
    editor.className = "prose";
    if (area.lang) editor.lang = area.lang;
    if (label) editor.setAttribute("aria-labelledby", label.id);
    var help = document.getElementById(area.id + "-html");
    if (help) help.remove();
    var described = (area.getAttribute("aria-describedby") || "").replace(area.id + "-html", "").trim();
    if (described) editor.setAttribute("aria-describedby", described);
    if (area.hasAttribute("aria-invalid")) editor.setAttribute("aria-invalid", "true");
    editor.setAttribute("aria-multiline", "true");
    area.hidden = true;
    area.after(bar, editor);
    speak(bar.querySelector("[role=toolbar]"), editor);
    if (label) label.addEventListener("click", function () { editor.focus(); });
    document.querySelectorAll('a[href="#' + area.id + '"]').forEach(function (link) {
      link.setAttribute("href", "#" + editor.id);
      link.addEventListener("click", function () { editor.focus(); });
    });
  }

  // One stop of the Tab key for the whole toolbar, arrows inside it; what is switched on is also said (ARIA, toolbar).
  function speak(row, editor) {
    var tools = Array.prototype.slice.call(row.querySelectorAll("button"));
    function reach(tool) {
      tools.forEach(function (one) { one.tabIndex = one === tool ? 0 : -1; });
    }
    function usable() { return tools.filter(function (one) { return !one.disabled; }); }
    function tell() {
      tools.forEach(function (tool) {
        if (tool.dataset.trixAttribute) tool.setAttribute("aria-pressed", String(tool.classList.contains("trix-active")));
      });
      if (tools.some(function (one) { return one.tabIndex === 0 && one.disabled; })) reach(usable()[0]);
    }
    row.addEventListener("focusin", function (event) { if (tools.indexOf(event.target) >= 0) reach(event.target); });
    row.addEventListener("keydown", function (event) {
      var all = usable(), at = all.indexOf(document.activeElement), last = all.length - 1;
      var to = { ArrowRight: at < last ? at + 1 : 0, ArrowLeft: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      all[to].focus();
    });
    reach(tools[0]);
    // Trix marks its buttons after it has told of the change.
    ["trix-initialize", "trix-change", "trix-selection-change", "trix-actions-change", "trix-attributes-change"].forEach(
      function (name) { editor.addEventListener(name, function () { setTimeout(tell); }); }
    );
    tell();
  }

  // Files are uploaded in their own field, never pasted into a text.
  document.addEventListener("trix-file-accept", function (event) { event.preventDefault(); });

  document.addEventListener("DOMContentLoaded", function () {
    var toolbar = document.getElementById("editor-toolbar");
    if (!window.Trix || !toolbar) return;
    configure(window.Trix);
    document.querySelectorAll("textarea[data-editor]").forEach(function (area) {
      if (hasMore(area)) explain(area);
      else upgrade(area, toolbar);
    });
  });
})();
