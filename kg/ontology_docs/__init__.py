"""The ontology's reference documentation as one HTML page, generated from the ontology.

    python -m kg.ontology_docs FOLDER

writes ``index.html`` and the three Turtle files it describes. The page needs nothing else:
style and diagrams are inside it.
"""
