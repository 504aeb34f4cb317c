"""How well extracted facts agree with labelled ones: figures by type, and every error to read.

A fact counts as found when its type, subject and object are the labelled ones; the names
of one organisation are one, and a model or platform counts as the company behind it.
Several events between the same two count once.
"""

from kg.evaluation.gold import Gold, GoldError, read_gold
from kg.evaluation.report import Evaluation, Mistake, Ratio, Score
from kg.evaluation.scoring import evaluate

__all__ = ["Evaluation", "Gold", "GoldError", "Mistake", "Ratio", "Score", "evaluate", "read_gold"]
