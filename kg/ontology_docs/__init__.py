"""The ontology's reference documentation as one HTML page, generated from the ontology.

    python -m kg.ontology_docs FOLDER

writes ``index.html``, the Turtle files it describes and a JSON-LD context. The page needs nothing else:
style and diagrams are inside it.
"""
