"""The projection as a file that other tools open: Gephi, yEd, Cytoscape, Graphviz, pandas.

``export_graph`` writes one; ``FORMATS`` lists them. Nothing heavy is imported before a
format asks for it.
"""

from kg.export.errors import ExportError
from kg.export.formats import FORMATS, Format, export_graph, format_of
from kg.export.layout import Layout

__all__ = ["FORMATS", "ExportError", "Format", "Layout", "export_graph", "format_of"]
