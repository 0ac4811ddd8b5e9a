"use strict";
// One pair at a time. Nothing is decided here: every act goes to the server, which answers once it is on the disk.
const $ = (id) => document.getElementById(id);
const texts = $("status").dataset;
const form = $("wanted");
const STORED = "claimcheck-review";
let current = null; // the id of the finding shown
let busy = false; // a key pressed before the next pair is there must not decide it unseen

const wanted = () => Object.fromEntries(new FormData(form));
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

async function ask(address, body) {
  if (busy) return;
  busy = true;
  try {
    const options = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, wanted: wanted() }),
    };
    const answer = await fetch(address, options);
    if (answer.status === 401) return location.reload();
    const values = await answer.json();
    if (!answer.ok) throw new Error(values.error);
    show(values);
    return values;
  } catch (error) {
    $("status").textContent = error instanceof TypeError ? texts.unsaved : error.message || texts.unsaved;
  } finally {
    busy = false;
  }
}

function show({ finding, html, waiting, progress }) {
  const same = finding === current;
  current = finding;
  $("shown").innerHTML = html ?? ""; // escaped by the server; the page's policy runs no script but this one
  $("done").hidden = finding !== null;
  for (const button of document.querySelectorAll("[data-act]")) {
    button.disabled = finding === null && button.dataset.act !== "undo";
  }
  $("meter").max = Math.max(1, progress.total);
  $("meter").value = progress.decided;
  $("progress").textContent = fill(texts.progress, progress);
  $("pace").textContent = progress.pace ? fill(texts.pace, { n: progress.pace }) : "";
  $("waiting").textContent = fill(texts.waiting, { n: waiting });
  if (same) return;
  scrollTo(0, 0);
  $("pair").focus({ preventScroll: true });
}

const next = () => ask("/api/next?" + new URLSearchParams(wanted()));

async function act(name) {
  if (name === "note") return writeNote();
  if (name !== "undo" && current === null) return;
  const done = name === "undo" ? await ask("/api/undo", {}) : await ask("/api/decide", { finding: current, verdict: name });
  if (done) $("status").textContent = fill(texts.saved, { what: labelOf(name) });
}

function labelOf(name) {
  const button = document.querySelector(`[data-act="${name}"]`);
  return [...button.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent.trim()).join("");
}

function writeNote() {
  if (current === null) return;
  $("note-text").value = "";
  $("note").returnValue = "";
  $("note").showModal();
}

async function saveNote() {
  const note = $("note-text").value.trim();
  if ($("note").returnValue !== "save" || !note) return;
  if (await ask("/api/decide", { finding: current, verdict: "note", note })) {
    $("status").textContent = fill(texts.saved, { what: labelOf("note") });
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("select, textarea, input, dialog, summary")) return;
  if (event.key === "?") return $("help").showModal();
  const names = { 1: "agree", 2: "diverge", 3: "contradict", 4: "unrelated", Backspace: "undo", f: "flag", n: "note", " ": "skip" };
  if (!Object.hasOwn(names, event.key)) return;
  if (event.key === " " && event.target.closest("button, a")) return; // there it presses what has the focus
  event.preventDefault();
  act(names[event.key]);
}

function restore() {
  let stored = {};
  try {
    stored = JSON.parse(localStorage.getItem(STORED)) ?? {};
  } catch {
    // a browser that keeps nothing shows everything
  }
  for (const select of form.elements) {
    if ([...select.options].some((option) => option.value === stored[select.name])) select.value = stored[select.name];
  }
}

function narrow() {
  try {
    localStorage.setItem(STORED, JSON.stringify(wanted()));
  } catch {
    // nothing is lost but the filters
  }
  next();
}

for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", () => act(button.dataset.act));
}
form.addEventListener("change", narrow);
form.addEventListener("submit", (event) => event.preventDefault());
$("help-open").addEventListener("click", () => $("help").showModal());
$("note").addEventListener("close", saveNote);
document.addEventListener("keydown", onKey);
restore();
next();
