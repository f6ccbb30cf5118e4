"use strict";
// What editors do by key, and marking words in a text. Every form works without it.
(() => {
  const { swap, typing, current, go, lines } = window.desk;
  const $ = (selector, where = document) => where.querySelector(selector);

  // ---------------------------------------------------------------- a button by its key: of the line one stands on, else of the page

  function press(key) {
    const shown = (where) => [...where.querySelectorAll(`[data-does="${CSS.escape(key)}"]`)].find((one) => one.offsetParent !== null);
    const line = current();
    const button = (line && shown(line)) || (key === "u" && shown($("#done") || document)) || [...document.querySelectorAll(`[data-does="${CSS.escape(key)}"]`)].find((one) => one.offsetParent !== null && !one.closest(".line"));
    if (!button) return false;
    button.focus();
    button.click();
    const folded = button.closest("summary")?.parentElement;
    if (folded?.open) setTimeout(() => $("input:not([type=hidden]), select", folded)?.focus());
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && typing(event.target)) {
      const slot = event.target.closest("[data-slot]");
      if (slot) { event.preventDefault(); shut(slot); }
      return;
    }
    if (typing(event.target) || $("#keys")?.open || desk.waiting()) return;
    if (event.key.length === 1 && press(event.key)) event.preventDefault();
    else if (event.key === "m" && texts().length) { event.preventDefault(); enter(texts()[0]); }
  }, true);

  // ---------------------------------------------------------------- forms that open in a line

  function shut(slot) {
    const line = slot.closest(".line");
    slot.replaceChildren();
    if (line) stand(line);
  }

  function stand(line) {
    for (const one of lines()) one.classList.toggle("here", one === line);
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-close]")) {
      const slot = event.target.closest("[data-slot]");
      if (slot) shut(slot);
    }
  });

  let stood = 0;
  document.addEventListener("submit", () => { stood = Math.max(0, lines().indexOf(current())); }, true);

  document.addEventListener("swapped", (event) => {
    if (event.target.matches("[data-slot]")) {
      const radio = $(".resolve input[type=radio]", event.target);
      const first = radio || $(".resolve input[name=lookup]", event.target) || $("form.correct input:not([type=hidden]), form.correct select", event.target);
      first?.focus();
      if (first?.select && first.type !== "radio") first.select();
      return;
    }
    const queue = $(".queue");
    if (queue) {
      const all = lines();
      if (all.length) stand(all[Math.min(stood, all.length - 1)]);
    } else $("[role=alert]")?.scrollIntoView({ block: "nearest" });
    again();
    ready();
  });

  // what another process's writing kept out is sent again
  function again() {
    const form = $("form[data-again]");
    if (form) setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, 1000 * Number(form.dataset.again));
  }
  again();

  // ---------------------------------------------------------------- words of a text

  const texts = () => [...document.querySelectorAll("article[data-text]")];
  const points = (text) => [...text].length;

  // Where a place in the page stands in the document's text, in code points; null outside of it.
  function offset(node, at) {
    const block = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-start]");
    if (!block || $(".cut", block)) return null;
    const before = document.createRange();
    before.setStart(block, 0);
    before.setEnd(node, at);
    return Number(block.dataset.start) + points(before.toString());
  }

  function picked() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const article = (range.commonAncestorContainer.nodeType === 1 ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement)?.closest("article[data-text]");
    if (!article) return null;
    const first = offset(range.startContainer, range.startOffset);
    const last = offset(range.endContainer, range.endOffset);
    const raw = range.toString();
    const start = first === null ? null : first + raw.length - raw.trimStart().length;
    const end = last === null ? null : last - raw.length + raw.trimEnd().length;
    const words = selection.toString().trim();
    return start === null || end === null || start >= end || !words ? null : { start, end, words, article };
  }

  // The form to mark a missed statement follows what is selected.
  function take() {
    const form = $("form[data-mark]");
    const found = picked();
    if (!form || !found || found.article.id !== form.dataset.mark) return;
    form.elements.words.value = found.words;
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    form.closest("details").open = true;
    form.closest("details").classList.add("picked");
  }
  document.addEventListener("mouseup", () => setTimeout(take));

  // By keyboard: arrows move by words, with Shift they select, Enter goes on to the form, Escape leaves the text.
  function enter(article) {
    article.focus({ preventScroll: true });
    const selection = getSelection();
    if (!article.contains(selection.anchorNode)) {
      const at = $("a.mark.here, .anchor:target, mark, [data-start]", article) || article;
      const range = document.createRange();
      range.setStart(at, 0);
      selection.removeAllRanges();
      selection.addRange(range);
      selection.modify("extend", "forward", "word");
    }
    article.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    const article = event.target.closest?.("article[data-text]");
    if (!article || event.target !== article || event.ctrlKey || event.metaKey || event.altKey) return;
    const selection = getSelection();
    const way = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] }[event.key];
    if (way) {
      event.preventDefault();
      if (!article.contains(selection.focusNode)) return enter(article);
      if (!event.shiftKey && !selection.isCollapsed) way[0] === "forward" ? selection.collapseToEnd() : selection.collapseToStart();
      if (event.shiftKey) selection.modify("extend", ...way);
      else {
        selection.modify("move", ...way);
        selection.modify("extend", "forward", "word");
      }
      if (!article.contains(selection.focusNode)) selection.collapse(article, article.childNodes.length);
      selection.focusNode?.parentElement?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter") {
      const field = $("input[data-spans][data-last]");
      if (!picked()) return;
      event.preventDefault();
      if (field) { put(field); field.focus(); return; }
      take();
      $("form[data-mark] input[name=speaker]")?.focus();
    } else if (event.key === "Escape") {
      selection.removeAllRanges();
      article.blur();
    }
  });

  // ---------------------------------------------------------------- fields that hold characters of the text

  function put(field) {
    const found = picked();
    if (!found) return;
    const given = `${found.start}-${found.end}`;
    field.value = field.name === "content" || field.name === "mentions" ? [...field.value.split(", ").filter((one) => one && !field.dataset.fresh), given].join(", ") : given;
    delete field.dataset.fresh;
  }

  function ready() {
    if (!texts().length) return;
    for (const field of document.querySelectorAll("input[data-spans]:not([data-ready])")) {
      field.dataset.ready = "1";
      field.dataset.fresh = "1";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain take";
      button.textContent = "take the words selected";
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => put(field));
      field.after(button);
      field.addEventListener("focus", () => {
        for (const one of document.querySelectorAll("input[data-last]")) delete one.dataset.last;
        field.dataset.last = "1";
      });
    }
  }
  ready();

  if ($(".queue") && lines().length && !location.hash) stand(lines()[0]);
})();
