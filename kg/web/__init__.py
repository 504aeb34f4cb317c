"""The graph over HTTP: a SPARQL 1.1 endpoint and pages to walk through. Reads only.

``kg.web.app.create_app`` makes the application, ``kg.web.server.serve`` runs it. What this
needs beyond the rest of the program is in the extra ``web``.
"""
