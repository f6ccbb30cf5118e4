"use strict";
// The filters of Who said what. Without them the page is whole: every statement by actor, and the same lines by act and by time.
(() => {
  const section = document.getElementById("voices");
  const form = document.getElementById("filters");
  const rows = section ? [...section.querySelectorAll(".said[data-act]")] : [];
  if (!form || rows.length < 2) return;
  const ordered = document.getElementById("ordered");
  const status = form.querySelector("[role=status]");
  const field = (name) => form.elements.namedItem(name);
  const known = rows.map((row) => {
    const voice = row.closest(".voice");
    const speaker = voice.querySelector("h3").firstChild.textContent.trim();
    return { row, voice, speaker, text: (speaker + " " + row.textContent).toLowerCase(), act: row.dataset.act, at: row.dataset.at || "9" };
  });
  const acts = [...field("act").options].map((option) => option.value);
  const voices = [...new Set(known.map((one) => one.voice))];
  let order = "actor";

  function arrange(wanted) {
    if (wanted === order) return;
    order = wanted;
    ordered.replaceChildren();
    const byTime = (one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0);
    if (order === "actor") {
      known.forEach((one) => {
        one.row.querySelector(".by")?.remove();
        one.voice.append(one.row);
      });
      return;
    }
    const sorted = [...known].sort((one, other) => (order === "act" && acts.indexOf(one.act) - acts.indexOf(other.act)) || byTime(one, other));
    let last = null;
    for (const one of sorted) {
      const head = order === "act" ? one.act : one.at === "9" ? "no date told" : one.at.slice(0, 10);
      if (head !== last) {
        const title = document.createElement("h3");
        title.textContent = head[0].toUpperCase() + head.slice(1);
        ordered.append(title);
        last = head;
      }
      if (!one.row.querySelector(".by")) {
        const by = document.createElement("strong");
        const name = document.createElement("bdi");
        by.className = "by";
        name.textContent = one.speaker;
        by.append(name);
        one.row.prepend(by);
      }
      ordered.append(one.row);
    }
  }

  function filter() {
    arrange(field("order").value);
    const words = field("words").value.toLowerCase().split(/\s+/).filter(Boolean);
    const act = field("act").value;
    const shape = field("form").value;
    let count = 0;
    for (const one of known) {
      const fits = (!act || one.act === act) && (!shape || one.row.dataset.form === shape) && words.every((word) => one.text.includes(word));
      one.row.hidden = !fits;
      count += fits;
    }
    for (const voice of voices) voice.hidden = order !== "actor" || !voice.querySelector(".said:not([hidden])");
    for (const title of ordered.querySelectorAll("h3")) {
      let next = title.nextElementSibling;
      while (next && next.hidden) next = next.nextElementSibling;
      title.hidden = !next || next.tagName === "H3";
    }
    const more = section.querySelector(":scope > .pager") ? " on this page" : "";
    status.textContent = `${count.toLocaleString("en")} of ${known.length.toLocaleString("en")} lines${more}`;
  }

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  };
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  // A link into a line that is filtered out shows it again.
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]") && section.contains(target)) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
  });
  form.hidden = false;
  filter();
})();
