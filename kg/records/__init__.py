"""What the store holds, as typed records that the views show."""

from kg.records.catalogue import Catalogue
from kg.records.model import Ref, RelationshipRecord, StatementRecord

__all__ = ["Catalogue", "Ref", "RelationshipRecord", "StatementRecord"]
