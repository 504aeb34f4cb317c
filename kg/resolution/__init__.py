"""Mentions become entities (``linking``), statements become relationships (``consolidation``)."""
