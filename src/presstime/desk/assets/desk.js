"use strict";
// The desk's keys, and pages that change in part. Every page and form works without it.
(() => {
  const main = () => document.getElementById("main");
  const typing = (where) => where && (where.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(where.tagName));
  let waitingForG = 0;

  // ---------------------------------------------------------------- lines: j, k, Enter

  const lines = () => [...main().querySelectorAll(".line")].filter((line) => line.offsetParent !== null);
  const current = () => main().querySelector(".line.here");

  function go(step) {
    const all = lines();
    if (!all.length) return;
    const at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)];
    current()?.classList.remove("here");
    next.classList.add("here");
    const way = next.querySelector("a.go") || next.querySelector("a, button, input, select");
    if (way) way.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("focusin", (event) => {
    const line = event.target.closest && event.target.closest(".line");
    if (!line || line === current()) return;
    current()?.classList.remove("here");
    line.classList.add("here");
  });

  // ---------------------------------------------------------------- parts of pages

  // A form or link marked data-swap="#id" changes only that part: the answer is a fragment, or a whole page of which the part is taken.
  async function swap(address, options, into, still = false) {
    const target = document.querySelector(into) || main();
    target.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { ...options, headers: { ...options.headers, "X-Fragment": "1" }, credentials: "same-origin" });
      const text = await answer.text();
      const page = new DOMParser().parseFromString(text, "text/html");
      const part = page.querySelector(into);
      const children = part ? part.childNodes : page.body.childNodes;
      target.replaceChildren(...[...children].map((node) => document.adoptNode(node)));
      if (!still && (answer.redirected || (options.method || "GET") === "GET")) history.replaceState(null, "", answer.url);
      target.dispatchEvent(new CustomEvent("swapped", { bubbles: true, detail: { status: answer.status } }));
      watch();
    } catch {
      location.assign(address);
    } finally {
      target.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const into = form.dataset && form.dataset.swap;
    if (!into) return;
    event.preventDefault();
    const sent = new FormData(form, event.submitter);
    if (form.method === "get") swap(`${form.action}?${new URLSearchParams(sent)}`, {}, into, "still" in form.dataset);
    else swap(form.action, { method: "POST", body: form.enctype === "multipart/form-data" ? sent : new URLSearchParams(sent) }, into);
  });
  document.addEventListener("click", (event) => {
    const way = event.target.closest && event.target.closest("a[data-swap]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    swap(way.href, {}, way.dataset.swap, "still" in way.dataset);
  });

  // A mark in a text leads to its reading in the list beside it, which may be folded away.
  function unfold() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    const folded = target.closest("details:not([open])");
    if (folded) folded.open = true;
    target.scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", unfold);
  unfold();

  // ---------------------------------------------------------------- what is being worked out: look again

  // Nothing that somebody is putting in is loaded away.
  const unsaved = () => [...document.forms].some((form) => form.dataset.touched) || !getSelection().isCollapsed;
  document.addEventListener("input", (event) => { if (event.target.form && event.target.form.getAttribute("role") !== "search") event.target.form.dataset.touched = "1"; });

  let looking = 0;
  function watch() {
    clearTimeout(looking);
    const waiting = document.querySelector("[data-refresh]");
    if (!waiting) return;
    const again = () => {
      if (typing(document.activeElement) || unsaved()) looking = setTimeout(again, 2000);
      else location.reload();
    };
    looking = setTimeout(again, 1000 * Math.max(1, Number(waiting.dataset.refresh) || 2));
  }
  watch();

  // ---------------------------------------------------------------- keys

  const keys = document.getElementById("keys");
  const follow = (selector) => document.querySelector(selector)?.click();
  const does = {
    j: () => go(1),
    k: () => go(-1),
    n: () => follow("a[rel=next]"),
    b: () => follow("a[rel=prev]"),
    "/": () => document.getElementById("find")?.select(),
    "?": () => keys?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (keys?.open) return;
    if (waitingForG) {
      clearTimeout(waitingForG);
      waitingForG = 0;
      const way = document.querySelector(`nav.sections a[data-key="${CSS.escape(event.key)}"]`);
      if (way) {
        event.preventDefault();
        way.click();
      }
      return;
    }
    if (event.key === "g") {
      waitingForG = setTimeout(() => { waitingForG = 0; }, 1500);
      return;
    }
    const act = does[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // What other scripts of the desk build upon.
  window.desk = { go, lines, current, swap, typing, keys: does, waiting: () => waitingForG !== 0 };
})();
