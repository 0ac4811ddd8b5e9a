// Verdicts without a server: kept in this browser, downloaded as JSON Lines, merged by claimcheck decisions import.
const { about, mine: mineText } = JSON.parse($("island").textContent);
const KEPT = "claimcheck-verdicts";
const NAMED = "claimcheck-reviewer";
const groups = [...document.querySelectorAll("[data-finding]")].map(withButtons);
let verdicts = {};

function withButtons(place) {
  const group = $("verdicts").cloneNode(true);
  group.removeAttribute("id");
  group.dataset.finding = place.dataset.finding;
  place.replaceWith(group);
  return group;
}

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing can still download
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // see above
  }
}

function mineHere() {
  return [...new Set(groups.map((group) => group.dataset.finding))].filter((id) => Object.hasOwn(verdicts, id));
}

function drawVerdicts() {
  for (const group of groups) {
    for (const button of group.querySelectorAll("[data-verdict]")) {
      button.setAttribute("aria-pressed", String(verdicts[group.dataset.finding]?.verdict === button.dataset.verdict));
    }
  }
  $("mine-count").textContent = mineText.replace("{n}", mineHere().length);
  $("mine-save").disabled = mineHere().length === 0 || !$("mine-name").value.trim();
}

function decide(finding, verdict) {
  verdicts = JSON.parse(stored(KEPT) ?? JSON.stringify(verdicts)); // another page may have added to them
  if (verdicts[finding]?.verdict === verdict) delete verdicts[finding];
  else verdicts[finding] = { verdict, at: new Date().toISOString(), ...about };
  store(KEPT, JSON.stringify(verdicts));
  drawVerdicts();
}

function lines() {
  const reviewer = $("mine-name").value.trim();
  return mineHere().map((finding) => JSON.stringify({ finding, reviewer, ...verdicts[finding] }) + "\n").join("");
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines()], { type: "application/x-ndjson" }));
  link.download = "decisions.jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function startVerdicts() {
  try {
    verdicts = JSON.parse(stored(KEPT)) ?? {};
  } catch {
    verdicts = {};
  }
  $("mine-name").value = stored(NAMED) ?? "";
  for (const group of groups) {
    group.hidden = false;
    for (const button of group.querySelectorAll("[data-verdict]")) {
      button.addEventListener("click", () => decide(group.dataset.finding, button.dataset.verdict));
    }
  }
  $("mine-name").addEventListener("input", () => {
    store(NAMED, $("mine-name").value);
    drawVerdicts();
  });
  $("mine-save").addEventListener("click", download);
  $("mine").hidden = false;
  drawVerdicts();
}

if (groups.length) startVerdicts();
