"""Readers: files, records and pages in, ``Article`` values out, one at a time.

    for article in read(["news.jsonl", "reports/"], on_error=problems.append):
        ...

``docs/inputs.md`` says what each format becomes and what the offsets of evidence count.
"""

from kg.articles.reading import read
from kg.articles.source import ArticleError, Limits

__all__ = ["ArticleError", "Limits", "read"]
