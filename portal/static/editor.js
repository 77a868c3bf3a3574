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
    blocks.heading4 = { tagName: "h4", terminal: true, breakOnReturn: true, group: false };
    Trix.config.textAttributes.sub = { tagName: "sub", inheritable: true };
    Trix.config.textAttributes.sup = { tagName: "sup", inheritable: true };
    var shouldInsertBlockBreak = Trix.LineBreakInsertion.prototype.shouldInsertBlockBreak;
    Trix.LineBreakInsertion.prototype.shouldInsertBlockBreak = function () {
      return this.block.hasAttributes() ? shouldInsertBlockBreak.call(this) : true;
    };
    Trix.Block.prototype.canBeConsolidatedWith = function () { return false; };
  }

  // What a text may have and Trix would drop without a word. Such a text stays HTML.
  var UNKNOWN = "table, abbr, hr, figure, img, ol[start]";

  function parsed(html) { return new DOMParser().parseFromString(html, "text/html"); }
  function hasMore(html) { return parsed(html).querySelector(UNKNOWN) !== null; }

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
    readPasted(area, editor);
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

  // What is pasted goes to the portal first, which knows the lists and tables of office programs; Trix does not. Without
  // an answer within PATIENCE, or when it is too long to send, Trix reads the clipboard by itself.
  var PATIENCE = 10000; // milliseconds
  var MARK = "\ue000"; // where it goes: a private character, which no text has
  var source = document.currentScript.dataset;

  function readPasted(area, editor) {
    var asked = null; // the answer that is waited for

    editor.addEventListener("paste", function (event) {
      var clipboard = event.clipboardData;
      var html = clipboard ? slim(clipboard.getData("text/html")) : "";
      if (!html || clipboard.getData("application/x-trix-document")) return;
      if (new Blob([html]).size > Number(source.most)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      editor.setAttribute("aria-busy", "true");
      asked = (asked || Promise.resolve()).then(function () { return ask(area, html); }).then(function (clean) {
        insert(area, editor, clean === null ? html : clean);
        editor.removeAttribute("aria-busy");
      });
      var own = asked;
      asked.then(function () { if (asked === own) asked = null; });
    }, true);

    // Sent meanwhile: the form waits, so that what was pasted is in it.
    area.form.addEventListener("submit", function (event) {
      if (!asked) return;
      event.preventDefault();
      var button = event.submitter;
      asked.then(function () { setTimeout(function () { area.form.requestSubmit(button); }); });
    });
  }

  // Most of what Word copies are comments and style sheets that say nothing of the words.
  function slim(html) {
    return html.replace(/<!--[\s\S]*?-->|<(style|script|xml)\b[\s\S]*?<\/\1\s*>/gi, "");
  }

  function ask(area, html) {
    var form = new FormData();
    form.append("csrf_token", area.form.elements.csrf_token.value);
    form.append("html", html);
    var clock = new AbortController();
    var timer = setTimeout(function () { clock.abort(); }, PATIENCE);
    return fetch(source.pasted, { method: "POST", body: form, signal: clock.signal, redirect: "error" })
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .catch(function () { return null; })
      .finally(function () { clearTimeout(timer); });
  }

  function insert(area, editor, html) {
    if (!area.hidden) { // the one before had a table: go on in the plain field
      area.setRangeText(html, area.selectionStart, area.selectionEnd, "end");
      return;
    }
    editor.editor.recordUndoEntry("Paste");
    if (!hasMore(html)) {
      editor.editor.insertHTML(html);
      return;
    }
    editor.editor.insertString(MARK);
    var whole = joined(area.value, html);
    editor.previousElementSibling.remove();
    editor.remove();
    document.querySelectorAll('a[href="#' + editor.id + '"]').forEach(function (link) { link.href = "#" + area.id; });
    area.hidden = false;
    area.value = whole;
    explain(area);
    area.focus();
  }

  // The text with `html` in place of the mark: the block in which it stands ends before and begins again after it.
  function joined(text, html) {
    var body = parsed(text).body;
    var walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT), node = walker.nextNode();
    while (node && node.data.indexOf(MARK) < 0) node = walker.nextNode();
    if (!node) return text + html;
    var block = node;
    while (block.parentNode !== body) block = block.parentNode;
    var after = document.createRange();
    after.setStart(node, node.data.indexOf(MARK) + MARK.length);
    after.setEndAfter(block);
    var rest = after.extractContents();
    node.data = node.data.replace(MARK, "");
    var pasted = parsed(html).body;
    var parts = [block].concat(Array.from(pasted.childNodes), Array.from(rest.childNodes));
    block.replaceWith.apply(block, parts.filter(function (part) {
      return part.textContent.trim() || part.nodeName === "FIGURE" || part.nodeName === "HR";
    }));
    return body.innerHTML;
  }

  // Files are uploaded in their own field, never pasted into a text.
  document.addEventListener("trix-file-accept", function (event) { event.preventDefault(); });

  document.addEventListener("DOMContentLoaded", function () {
    var toolbar = document.getElementById("editor-toolbar");
    if (!window.Trix || !toolbar) return;
    configure(window.Trix);
    document.querySelectorAll("textarea[data-editor]").forEach(function (area) {
      if (hasMore(area.value)) explain(area);
      else upgrade(area, toolbar);
    });
  });
})();
