"use strict";
// Filters, search and keys. Without this script the page shows everything.
const $ = (id) => document.getElementById(id);
const { cards, shown: shownText } = JSON.parse($("island").textContent);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const relations = [...document.querySelectorAll("[data-relation]")];

function visibleCards() {
  return cards.filter((card) => !card.element.hidden);
}

function matches(card, wanted) {
  return !wanted.off.has(card.relation)
    && card.confidence >= wanted.confidence
    && (!wanted.outlet || card.outlets.includes(wanted.outlet))
    && (!wanted.topic || card.topic === wanted.topic)
    && (!wanted.aspect || card.aspects.includes(wanted.aspect))
    && wanted.terms.every((term) => card.text.includes(term));
}

function filter() {
  const off = relations.filter((button) => button.getAttribute("aria-pressed") === "false");
  const wanted = {
    off: new Set(off.map((button) => button.dataset.relation)),
    confidence: Number($("by-confidence").value) / 100,
    outlet: $("by-outlet").value,
    topic: $("by-topic").value,
    aspect: $("by-aspect").value,
    terms: fold($("by-text").value).split(/\s+/).filter(Boolean),
  };
  for (const card of cards) card.element.hidden = !matches(card, wanted);
  $("confidence").textContent = $("by-confidence").value + " %";
  $("shown").textContent = shownText.replace("{n}", visibleCards().length).replace("{total}", cards.length);
}

function toggle(button) {
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
  filter();
}

function reset() {
  for (const button of relations) button.setAttribute("aria-pressed", "true");
  for (const id of ["by-outlet", "by-topic", "by-aspect", "by-text"]) $(id).value = "";
  $("by-confidence").value = 0;
  filter();
}

function step(direction) {
  const list = visibleCards();
  const here = list.findIndex((card) => card.element.contains(document.activeElement));
  const next = here < 0 ? (direction > 0 ? 0 : list.length - 1) : here + direction;
  if (!list[next]) return;
  list[next].element.focus({ preventScroll: true });
  list[next].element.scrollIntoView({ block: "start" });
}

function onKey(event) {
  const typing = event.target.closest("input:not([type=range], [type=checkbox]), select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !$("keys").checked) return;
  const actions = {
    j: () => step(1),
    k: () => step(-1),
    1: () => toggle(relations[0]),
    2: () => toggle(relations[1]),
    3: () => toggle(relations[2]),
    "/": () => $("by-text").focus(),
    "?": () => $("help").showModal(),
  };
  if (!Object.hasOwn(actions, event.key)) return;
  event.preventDefault();
  actions[event.key]();
}

// A link from the matrix or the texts must reach its card even when a filter hides it.
function reveal() {
  const target = $(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden) {
    reset();
    target.scrollIntoView();
  }
  target.focus({ preventScroll: true });
}

function start() {
  for (const card of cards) {
    card.element = $(card.id);
    card.text = fold(card.element.textContent);
  }
  for (const button of relations) button.addEventListener("click", () => toggle(button));
  for (const id of ["by-outlet", "by-topic", "by-aspect", "by-text", "by-confidence"]) {
    $(id).addEventListener("input", filter);
  }
  $("reset").addEventListener("click", reset);
  $("help-open").addEventListener("click", () => $("help").showModal());
  $("help-close").addEventListener("click", () => $("help").close());
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", reveal);
  $("filters").hidden = false;
  filter();
}

addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
if (cards.length) start();
