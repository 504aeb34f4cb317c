"""The columns of facts in Parquet: the fields of ``kg extract --format jsonl``, typed."""

from __future__ import annotations

FACTS = """
  article string, type string, subject string, object string,
  subject_label string, object_label string, subject_id string, object_id string,
  amounts array<struct<value: double, currency: string, stated: string, role: string,
                       qualifier: string>>,
  date string, modality string, status string, nature string, instrument string, round string,
  stake_percent double, terms map<string, string>,
  participants array<struct<role: string, name: string, id: string, text: string>>,
  evidence array<struct<start: int, end: int, quote: string>>,
  confidence double, extractor string
"""
"""In Spark's words; ``docs/contracts.md`` says what the fields mean."""
