"""The rows of a run: its sentences with their vectors and outlets, numbered as findings and reports refer to them."""

from __future__ import annotations

from dataclasses import dataclass

from claimcheck.types import Article, Sentence, Vectors


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences of ``articles`` and their unit vectors (n, dim); only the first ``compared`` of them are paired."""

    articles: tuple[Article, ...]
    sentences: tuple[Sentence, ...]
    vectors: Vectors
    compared: int

    @property
    def outlets(self) -> list[str]:
        """The outlet of each row."""
        outlet_of = {article.id: article.outlet for article in self.articles}
        return [outlet_of[sentence.article] for sentence in self.sentences]

    @property
    def told(self) -> Rows:
        """The rows that are paired, alone."""
        end = self.compared
        return Rows(self.articles, self.sentences[:end], self.vectors[:end], end)
