import collections, json, re, sys
LABELS = ("entailment", "neutral", "contradiction")
negation = re.compile(r"\b(ne|n['’]|pas|aucune?|jamais|sans|ni|not|no|never|without|neither)\b|n['’]t\b", re.I)
words = lambda text: set(re.findall(r"\w{4,}", text.lower()))
rows, seen = [], collections.Counter()
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    if not line.strip():
        continue
    try:
        row = json.loads(line)
    except ValueError as error:
        print("line", number, "bad JSON:", error); continue
    if not {"premise", "lang", "genre", "h"} <= set(row) or len(row["h"]) != 6:
        print("line", number, "needs premise, lang, genre and six h"); continue
    counts = collections.Counter(h["label"] for h in row["h"])
    if any(counts[label] != 2 for label in LABELS):
        print("line", number, "labels:", dict(counts))
    for h in row["h"]:
        if h["lang"] not in ("fr", "en"):
            print("line", number, "lang", h["lang"])
        seen[h["t"]] += 1
        rows.append((row["premise"], row["lang"], h["t"], h["lang"], h["label"]))
print(len(rows), "examples; repeated hypotheses:", [t for t, c in seen.items() if c > 1][:5])
print(collections.Counter((a, b) for _, a, _, b, _ in rows))
for label in LABELS:
    mine = [r for r in rows if r[4] == label]
    n = max(1, len(mine))
    print(f"{label:14} negation {sum(bool(negation.search(r[2])) for r in mine)/n:.2f}  digits {sum(bool(re.search(r'[0-9]', r[2])) for r in mine)/n:.2f}"
          f"  words {sum(len(r[2].split()) for r in mine)/n:.1f}  overlap {sum(len(words(r[0]) & words(r[2]))/max(1, len(words(r[2]))) for r in mine)/n:.2f}"
          f"  other language {sum(r[1] != r[3] for r in mine)/n:.2f}")
telling = collections.defaultdict(collections.Counter)
for *_, text, _, label in rows:
    for word in set(re.findall(r"\w+", text.lower())):
        telling[word][label] += 1
worst = sorted((max(c.values()) - sum(c.values()) / 3, w, dict(c)) for w, c in telling.items() if sum(c.values()) >= 12)[-12:]
print("words that give a label away:", [(w, c) for _, w, c in reversed(worst)])
